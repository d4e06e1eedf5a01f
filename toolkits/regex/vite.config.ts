import { toolkitUi } from '@sre-toolbox/sdk/build'

export default toolkitUi()
