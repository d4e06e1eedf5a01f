"""The FastAPI side: a route that submits a Celery task, and a route that returns static rows.

Each comes as a plain and as an async function; the benchmark takes the faster one.
"""

import json
import os

from fastapi import FastAPI

from celery_app import noop

app = FastAPI()

with open(os.environ["PEER_ROWS"], encoding="utf-8") as rows_file:
    ROWS = json.load(rows_file)


@app.post("/jobs/plain", status_code=202)
def submit_plain(body: dict):
    return {"id": noop.delay().id}


@app.post("/jobs/async", status_code=202)
async def submit_async(body: dict):
    return {"id": noop.delay().id}


@app.get("/rows/plain")
def rows_plain():
    return ROWS


@app.get("/rows/async")
async def rows_async():
    return ROWS
