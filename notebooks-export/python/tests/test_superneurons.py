"""The module on the bundled model: what it labels is what the jobs label.

    mvn -DskipTests -Pone-jar package
    python3 -m venv .venv && .venv/bin/pip install notebooks-export/python
    .venv/bin/python -m unittest discover notebooks-export/python/tests
"""

import json
import tempfile
import unittest
from pathlib import Path

from pyspark.ml import Pipeline
from pyspark.sql import SparkSession

import superneurons

ROOT = Path(__file__).parents[3]
MODEL = ROOT / "demo" / "model"
DATA = ROOT / "demo" / "data"
JAR = next((ROOT / "deploy" / "target").glob("superneurons-*-all.jar"))
TASK = "color"


class SuperNeuronsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.spark = (
            SparkSession.builder.master("local[2]")
            .config("spark.jars", str(JAR))
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "4")
            .getOrCreate()
        )
        cls.folder = tempfile.TemporaryDirectory()
        cls.out = Path(cls.folder.name)
        rows = [json.loads(line) for line in (DATA / "manifest.jsonl").read_text().splitlines()]
        rows = [row | {"path": str(DATA / row["image"])} for row in rows if row["task"] == TASK][:150]
        cls.rows = cls.spark.createDataFrame(rows)
        cls.activations = superneurons.extract(
            cls.rows.drop("image"),
            MODEL,
            cls.out / "activations",
            {"image": "path"},
            layers="0-1",
            batch_size=16,
            dtype="float32",
        )
        cls.selection = superneurons.select(cls.out / "activations", cls.out / "selection", cls.spark)

    @classmethod
    def tearDownClass(cls):
        cls.spark.stop()
        cls.folder.cleanup()

    def test_extract_writes_a_row_for_each(self):
        self.assertEqual({row.id for row in self.activations.select("id").collect()}, {r.id for r in self.rows.collect()})
        self.assertEqual([path.name for path in self.out.iterdir() if "rows" in path.name], [])

    def test_extract_leaves_what_lies_beside_alone(self):
        other = self.out / "beside" / "more.rows.parquet"
        other.mkdir(parents=True)
        (other / "mine").write_text("mine")
        few = self.rows.drop("image").limit(2)
        superneurons.extract(few, MODEL, self.out / "beside" / "more", {"image": "path"}, layers="0")
        self.assertEqual((other / "mine").read_text(), "mine")
        self.assertEqual({path.name for path in other.parent.iterdir()}, {"more", "more.rows.parquet"})
        self.assertEqual([view.name for view in self.spark.catalog.listTables("global_temp")], [])

    def test_select_gives_the_super_neurons(self):
        self.assertEqual([task["task"] for task in self.selection["tasks"]], [TASK])

    def test_labels_by_path_and_bytes_are_right_and_alike(self):
        # in passes of one row, since which rows share a pass may move a value's last digits, and with them a vote
        alone = {"model": MODEL, "superneurons": self.out / "selection", "batchSize": 1}
        by_path = superneurons.label(self.rows.select("id", "path", "label"), image="path", **alone)
        paths = [row.path for row in self.rows.collect()]
        files = self.spark.read.format("binaryFile").load(paths).select("path", "content")
        by_bytes = superneurons.label(files, image="content", **alone)
        said = {row.path.split("/")[-1]: (row.prediction, row.margin) for row in by_bytes.collect()}
        found = by_path.collect()
        self.assertEqual(len(found), self.rows.count())
        for row in found:
            self.assertEqual((row.prediction, row.margin), said[row.path.split("/")[-1]])
        self.assertGreater(sum(row.prediction == row.label for row in found) / len(found), 0.9)

    def test_one_task_may_be_named_alone(self):
        one = superneurons.label(self.rows.select("path").limit(1), MODEL, self.out / "selection", image="path", tasks=TASK)
        self.assertEqual([row.task for row in one.collect()], [TASK])

    def test_a_pipeline_takes_the_labeler(self):
        labeler = superneurons.SuperNeuronsLabeler(
            model=str(MODEL), superNeurons=str(self.out / "selection"), imageCol="path", batchSize=4
        )
        few = self.rows.select("path").limit(3)
        self.assertEqual(Pipeline(stages=[labeler]).fit(few).transform(few).count(), 3)

    def test_what_cannot_work_is_a_message(self):
        with self.assertRaisesRegex(superneurons.SuperNeuronsError, "has no column image"):
            superneurons.label(self.rows.select("path"), MODEL, self.out / "selection")
        with self.assertRaisesRegex(superneurons.SuperNeuronsError, "exists"):
            superneurons.select(self.out / "activations", self.out / "selection", self.spark)


if __name__ == "__main__":
    unittest.main()
