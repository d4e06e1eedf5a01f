"""Routes that return static rows, as a plain and as an async function; the benchmark takes the faster one."""

import json
import os

from fastapi import FastAPI

app = FastAPI()

with open(os.environ["PEER_ROWS"], encoding="utf-8") as rows_file:
    ROWS = json.load(rows_file)


@app.get("/plain")
def plain():
    return ROWS


@app.get("/async")
async def asynchronous():
    return ROWS
