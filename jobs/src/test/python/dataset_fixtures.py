"""Files of public data sets in the layouts that their authors publish, a few rows of each, with tiny images.

    python3 jobs/src/test/python/dataset_fixtures.py jobs/src/test/resources/datasets

Needs pyarrow and pillow. The questions and answers are made up; fields, their order and the names of files are as published.
"""

import base64
import io
import json
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image

OUT = Path(sys.argv[1])
COLORS = {"red": (200, 30, 30), "green": (30, 200, 30), "blue": (30, 30, 200)}


def encoded(color):
    bytes_ = io.BytesIO()
    Image.new("RGB", (16, 16), COLORS[color]).save(bytes_, "PNG")
    return bytes_.getvalue()


def image(path, color):
    file = OUT / path
    file.parent.mkdir(parents=True, exist_ok=True)
    # the names say jpg as published; what an image is, its first bytes say
    file.write_bytes(encoded(color))


def text(path, content):
    file = OUT / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")


def ten(answers):
    return [{"answer": a, "answer_confidence": "yes", "answer_id": i + 1} for i, a in enumerate(answers)]


def vqav2():
    info = {
        "info": {"description": "made up", "version": "2.0"},
        "task_type": "Open-Ended",
        "data_type": "mscoco",
        "license": {"url": "http://creativecommons.org/licenses/by/4.0/", "name": "CC BY 4.0"},
        "data_subtype": "val2014",
    }
    questions = [
        {"image_id": 42, "question": "Is the square red?", "question_id": 42000},
        {"image_id": 42, "question": "What color is it?", "question_id": 42001},
        {"image_id": 73, "question": "How many squares are there?", "question_id": 73000},
    ]
    annotations = [
        {"question_type": "how many", "multiple_choice_answer": "1", "answers": ten(["1"] * 9 + ["one"]),
         "image_id": 73, "answer_type": "number", "question_id": 73000},
        {"question_type": "is the", "multiple_choice_answer": "yes", "answers": ten(["yes"] * 10),
         "image_id": 42, "answer_type": "yes/no", "question_id": 42000},
        {"question_type": "what color is", "multiple_choice_answer": "red", "answers": ten(["red"] * 8 + ["pink"] * 2),
         "image_id": 42, "answer_type": "other", "question_id": 42001},
    ]
    text("vqav2/v2_OpenEnded_mscoco_val2014_questions.json", json.dumps(info | {"questions": questions}))
    text("vqav2/v2_mscoco_val2014_annotations.json", json.dumps(info | {"annotations": annotations}))
    text(
        "vqav2/v2_OpenEnded_mscoco_test-dev2015_questions.json",
        json.dumps(info | {"data_subtype": "test-dev2015", "questions": [
            {"image_id": 9, "question": "Is it?", "question_id": 9000}]}),
    )
    image("vqav2/val2014/COCO_val2014_000000000042.jpg", "red")
    image("vqav2/val2014/COCO_val2014_000000000073.jpg", "green")
    image("vqav2/test2015/COCO_test2015_000000000009.jpg", "blue")


def gqa():
    def question(words, image_id, answer, structural, semantic, detailed, full):
        return {
            "semantic": [{"operation": "select", "dependencies": [], "argument": "square (1)"}],
            "entailed": [], "equivalent": [], "question": words, "imageId": image_id, "isBalanced": True,
            "groups": {"global": None, "local": "06-square_red"}, "answer": answer, "semanticStr": "select: square (1)",
            "annotations": {"answer": {}, "question": {"3": "1"}, "fullAnswer": {}},
            "types": {"detailed": detailed, "semantic": semantic, "structural": structural}, "fullAnswer": full,
        }
    questions = {
        "02930152": question("Is the square red?", "2354786", "yes", "verify", "attr", "verifyAttr", "Yes, it is red."),
        "07333408": question("Is it red or blue?", "2375429", "blue", "choose", "attr", "chooseAttr", "It is blue."),
    }
    text("gqa/testdev_balanced_questions.json", json.dumps(questions))
    image("gqa/images/2354786.jpg", "red")
    image("gqa/images/2375429.jpg", "blue")


def pope():
    for category in ("random", "popular"):
        lines = [
            {"question_id": 1, "image": "COCO_val2014_000000000042.jpg", "text": "Is there a square in the image?",
             "label": "yes"},
            {"question_id": 2, "image": "COCO_val2014_000000000042.jpg", "text": f"Is there a {category} thing in the image?",
             "label": "no"},
        ]
        text(f"pope/coco_pope_{category}.json", "".join(json.dumps(line) + "\n" for line in lines))
    image("pope/val2014/COCO_val2014_000000000042.jpg", "red")


def aokvqa():
    row = {
        "split": "val", "image_id": 461751, "question_id": "22jbM6gDxdaMaunuzgrsBB", "question": "What is it painted with?",
        "choices": ["red", "blue", "green", "grey"], "correct_choice_idx": 1, "direct_answers": ["blue"] * 10,
        "difficult_direct_answer": False, "rationales": ["It looks blue.", "Blue.", "It is blue."],
    }
    test = {key: row[key] for key in ("image_id", "question", "choices", "difficult_direct_answer")}
    text("a-okvqa/aokvqa_v1p0_val.json", json.dumps([row]))
    text("a-okvqa/aokvqa_v1p0_test.json", json.dumps([{"split": "test", "question_id": "22test"} | test]))
    image("a-okvqa/val2017/000000461751.jpg", "blue")
    image("a-okvqa/test2017/000000461751.jpg", "blue")


def scienceqa():
    def problem(question, choices, answer, hint, picture, split):
        return {
            "question": question, "choices": choices, "answer": answer, "hint": hint, "image": picture,
            "task": "closed choice", "grade": "grade2", "subject": "natural science", "topic": "physics",
            "category": "Materials", "skill": "Identify", "lecture": "", "solution": "", "split": split,
        }
    problems = {
        "1": problem("Which is it?", ["a circle", "a square"], 1, "Look at the picture.", "image.png", "train"),
        "2": problem("What is two and two?", ["3", "4"], 1, "", None, "train"),
        "3": problem("Is it green?", ["yes", "no"], 0, "", "image.png", "test"),
    }
    text("scienceqa/problems.json", json.dumps(problems, indent=4))
    image("scienceqa/images/train/1/image.png", "red")
    image("scienceqa/images/test/3/image.png", "green")


def vizwiz():
    def row(name, question, answers, answerable, kind):
        return {
            "image": name, "question": question, "answers": [{"answer": a, "answer_confidence": "yes"} for a in answers],
            "answer_type": kind, "answerable": answerable,
        }
    text("vizwiz/val.json", json.dumps([
        row("VizWiz_val_00000000.jpg", "What color is this?", ["grey", "green", "green"], 1, "other"),
        row("VizWiz_val_00000001.jpg", "What does it say?", ["unanswerable"] * 3, 0, "unanswerable"),
    ]))
    text("vizwiz/test.json", json.dumps([{"image": "VizWiz_test_00000000.jpg", "question": "What is it?"}]))
    image("vizwiz/val/VizWiz_val_00000000.jpg", "green")
    image("vizwiz/val/VizWiz_val_00000001.jpg", "red")
    image("vizwiz/test/VizWiz_test_00000000.jpg", "red")


def vlmevalkit():
    red, blue = (base64.b64encode(encoded(color)).decode() for color in ("red", "blue"))
    header = ["index", "question", "hint", "A", "B", "C", "D", "answer", "category", "image", "l2-category", "split"]
    rows = [
        ["241", "Which color is it?", "Look closely.", "red", "blue", "", "", "A", "color", red, "perception", "dev"],
        ["252", "Is it round?", "", "yes", "no", "maybe", "who knows", "B", "shape", blue, "perception", "dev"],
        ["1000241", "Which color is it?", "Look closely.", "blue", "red", "", "", "B", "color", "241", "perception", "dev"],
        ["7", "Is it there?", "", "yes", "no", "", "", "A", "shape", "8", "perception", "dev"],
    ]
    text("vlmevalkit/MMBench_DEV_EN.tsv", "".join("\t".join(row) + "\n" for row in [header] + rows))


def lmms_eval():
    struct = pa.struct([("bytes", pa.binary()), ("path", pa.string())])

    def write(name, columns):
        (OUT / "lmms-eval").mkdir(parents=True, exist_ok=True)
        table = pa.table(columns)
        features = {"info": {"features": {name: {"_type": "Image" if name == "image" else "Value"} for name in columns}}}
        table = table.replace_schema_metadata({"huggingface": json.dumps(features)})
        pq.write_table(table, OUT / "lmms-eval" / name)

    def images(*colors):
        return pa.array([{"bytes": encoded(color), "path": None} for color in colors], struct)

    write("scienceqa-img.parquet", {
        "image": images("red", "green"), "question": ["Which is it?", "Is it green?"],
        "choices": pa.array([["a circle", "a square"], ["yes", "no"]], pa.list_(pa.string())),
        "answer": pa.array([1, 0], pa.int64()), "hint": ["Look at the picture.", ""], "task": ["closed choice"] * 2,
        "subject": ["natural science"] * 2,
    })
    write("pope.parquet", {
        "id": ["0", "1"], "question_id": ["1", "1"], "question": ["Is there a square?", "Is there a cat?"],
        "answer": ["yes", "no"], "image_source": ["COCO_val2014_000000000042"] * 2, "image": images("red", "blue"),
        "category": ["random", "adversarial"],
    })
    write("mmbench.parquet", {
        "index": pa.array([241], pa.int64()), "question": ["Which color is it?"], "hint": pa.array([None], pa.string()),
        "answer": ["B"], "A": ["red"], "B": ["blue"], "C": ["nan"], "category": ["color"], "image": images("blue"),
    })
    answers = pa.struct([("answer", pa.string()), ("answer_confidence", pa.string()), ("answer_id", pa.int64())])
    write("vqav2.parquet", {
        "question_type": ["is the"], "multiple_choice_answer": ["yes"],
        "answers": pa.array([ten(["yes"] * 10)], pa.list_(answers)), "image_id": pa.array([42], pa.int64()),
        "answer_type": ["yes/no"], "question_id": pa.array([42000], pa.int64()), "question": ["Is the square red?"],
        "image": images("red"),
    })


for make in (vqav2, gqa, pope, aokvqa, scienceqa, vizwiz, vlmevalkit, lmms_eval):
    make()
