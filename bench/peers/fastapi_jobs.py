"""Routes that submit a Celery task, as a plain and as an async function; the benchmark takes the faster one."""

from fastapi import FastAPI

from celery_app import noop

app = FastAPI()


@app.post("/plain", status_code=202)
def plain(body: dict):
    return {"id": noop.delay().id}


@app.post("/async", status_code=202)
async def asynchronous(body: dict):
    return {"id": noop.delay().id}
