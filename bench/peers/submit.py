"""Submit N no-op tasks as fast as one process can.

Arguments: the number of warm-up tasks, the number of measured tasks.
Prints {"startedAt": Unix time in ms at the first measured .delay(), "submitSeconds": s}.
"""

import json
import sys
import time

from celery_app import noop

warm_up, jobs = int(sys.argv[1]), int(sys.argv[2])
for result in [noop.delay() for _ in range(warm_up)]:
    result.get(timeout=60)

started = time.time()
for _ in range(jobs):
    noop.delay()
submitted = time.time()
print(json.dumps({"startedAt": started * 1000, "submitSeconds": submitted - started}))
