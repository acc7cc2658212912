"""Airflow 3: labels the images that are new or have changed, every night. See docs/nightly.md.

The worker has the project in SUPERNEURONS_HOME and reaches the cluster that SPARK_MASTER names. A run
may be repeated, by hand or by Airflow: it goes on where it stopped and writes no row twice.
"""

import os
import subprocess
from datetime import datetime, timedelta

from airflow.sdk import dag, task

try:
    from airflow.sdk.exceptions import AirflowFailException
except ImportError:  # Airflow 3.0 and 3.1
    from airflow.exceptions import AirflowFailException

HOME = os.environ.get("SUPERNEURONS_HOME", "/opt/superneurons")
MODEL = "s3a://superneurons/models/vlm"
SUPER_NEURONS = "s3a://superneurons/selection/superneurons.json"
IMAGES = "s3a://superneurons/images"
PREDICTIONS = "s3a://superneurons/predictions/images"

# Exit codes, see docs/errors.md. What Airflow should not try again:
WRONG_SETTINGS = 2
DRIFT = 3


def command() -> list[str]:
    """What the task runs. New rows get today's date, not that of Airflow's run: one that is started by hand
    may have none, and an old one that is cleared would put new rows before those of later dates."""
    return [
        f"{HOME}/deploy/submit-label",
        MODEL,
        SUPER_NEURONS,
        IMAGES,
        PREDICTIONS,
        "--incremental",
        "--max-errors=2%",
        "--drift-warn=0.3",
        "--drift-fail=1",
    ]


@dag(
    dag_id="superneurons_nightly",
    schedule="15 2 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 2, "retry_delay": timedelta(minutes=10)},
)
def superneurons_nightly():
    @task(execution_timeout=timedelta(hours=20))
    def label() -> None:
        code = subprocess.run(command(), check=False).returncode
        if code == DRIFT:
            raise AirflowFailException(f"All rows are labelled, but the neurons drifted: see {PREDICTIONS}/_summary.json")
        if code == WRONG_SETTINGS:
            raise AirflowFailException("Refused before any work: see the log")
        if code != 0:
            raise RuntimeError(f"label ended with exit code {code}; the next try goes on where it stopped")

    label()


superneurons_nightly()
