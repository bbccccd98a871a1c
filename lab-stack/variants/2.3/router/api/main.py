"""API DataStream : l'application et ses routes."""

import logging

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError

from users import query, router

logger = logging.getLogger("uvicorn.error")
app = FastAPI(title="DataStream API", version="1.0.0")
app.include_router(router)


@app.exception_handler(SQLAlchemyError)
def unavailable(request: Request, error: SQLAlchemyError) -> JSONResponse:
    logger.error("%s : %s", request.url.path, type(error).__name__)
    return JSONResponse({"detail": "base indisponible"}, 503)


@app.get("/", include_in_schema=False)
def root():
    return {"message": "Bonjour", "status": "ok"}


@app.get("/health")
def health():
    query("SELECT 1")
    return {"status": "healthy"}
