import { diskFull } from './disk-full.ts'
import { drillTest } from './drill-test.ts'

drillTest(diskFull)
