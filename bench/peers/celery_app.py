"""The Celery side: a no-op task that logs one line, and a task that says when it started."""

import os
import time

from celery import Celery
from celery.utils.log import get_task_logger

app = Celery("peer", broker=os.environ["PEER_BROKER"], backend=os.environ["PEER_RESULTS"])
logger = get_task_logger(__name__)


@app.task
def noop():
    # A warning, because the worker's default log level would drop anything less.
    logger.warning("noop ran")


@app.task
def started_at():
    return time.time()
