import { defineToolkit } from '@sre-toolbox/sdk'
import { createOperations } from './operations.ts'

export default defineToolkit(createOperations(() => Date.now()))
