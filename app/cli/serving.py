"""`flask serve` and `flask worker`: the web pages and the timed acts, in one process group."""

import socket
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from app.cli.starting import MayNotStart, check_may_serve
from app.cli.supervising import EXIT_NOT_NEEDED, Child, TooManyCrashes, keep_running
from app.web.installation import settings
from app.worker import AnotherWorkerRuns, run_worker

ROOT = Path(__file__).resolve().parents[2]
WEB = Child("web", (sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py"))
WORKER = Child("worker", (sys.executable, "-m", "flask", "--app", "wsgi", "worker"))


@click.command()
@click.option("--web-only", is_flag=True, help="Serve the pages, leave the timed acts to another machine.")
@click.option("--worker-only", is_flag=True, help="Run the timed acts only.")
@with_appcontext
def serve(web_only: bool, worker_only: bool) -> None:
    """Serve the pages and run the timed acts until SIGTERM."""
    if web_only and worker_only:
        raise click.UsageError("choose one of --web-only and --worker-only.")
    children = [WORKER] if worker_only else [WEB] if web_only else [WEB, WORKER]
    try:
        check_may_serve()
        if WEB in children:
            _check_address_is_free(settings().bind)
        keep_running(children, ROOT)
    except (MayNotStart, TooManyCrashes) as error:
        click.echo(f"访调通 cannot serve: {error}", err=True)
        sys.exit(1)


@click.command()
@with_appcontext
def worker() -> None:
    """Run the timed acts: papers, messages, anchors, clocks, clearing away."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # the application behind the proxy
    try:
        check_may_serve()
        run_worker(app)
    except MayNotStart as error:
        click.echo(f"访调通 cannot run the timed acts: {error}", err=True)
        sys.exit(1)
    except AnotherWorkerRuns as error:
        click.echo(f"访调通: {error}; this one ends.", err=True)
        sys.exit(EXIT_NOT_NEEDED)


def _check_address_is_free(bind: str) -> None:
    host, _, port = bind.rpartition(":")
    if not port.isdigit():
        raise MayNotStart(f"APP_BIND is {bind!r}: write it as 127.0.0.1:8000.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), int(port)))
        except (OSError, OverflowError) as error:
            raise MayNotStart(f"the address {bind} cannot be used: {error}.") from error
