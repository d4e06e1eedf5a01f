import { drillTest } from './drill-test.ts'
import { sigkillUnderLoad } from './sigkill-under-load.ts'

drillTest(sigkillUnderLoad)
