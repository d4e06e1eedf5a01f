import { drillTest } from './drill-test.ts'
import { secondProcess } from './second-process.ts'

drillTest(secondProcess)
