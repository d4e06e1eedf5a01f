import { deadWorkerAlone, deadWorkerBeside } from './dead-worker.ts'
import { drillTest } from './drill-test.ts'

drillTest(deadWorkerAlone)
drillTest(deadWorkerBeside)
