"""Submit one task at a time to an idle worker and measure .delay() called -> first line of the task.

Arguments: the number of warm-up tasks, the number of measured tasks, the pause between two tasks in ms.
Prints a JSON list of latencies in ms.
"""

import json
import sys
import time

from celery_app import started_at

warm_up, samples, pause = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]) / 1000
latencies = []
for _ in range(warm_up + samples):
    submitted = time.time()
    started = started_at.delay().get(timeout=60)
    latencies.append((started - submitted) * 1000)
    time.sleep(pause)
print(json.dumps(latencies[warm_up:]))
