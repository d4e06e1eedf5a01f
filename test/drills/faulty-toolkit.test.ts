import { drillTest } from './drill-test.ts'
import { faultyToolkit } from './faulty-toolkit.ts'

drillTest(faultyToolkit)
