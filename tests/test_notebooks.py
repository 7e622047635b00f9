"""Normalising outputs: the same on every run, and still a valid notebook."""

import nbformat

from gobi import notebooks

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
A, B, C = "a" * 32, "b" * 32, "c" * 32


def widget(model: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_output("display_data", data={VIEW: {"model_id": model}})


def notebook_with_widgets(first: str, second: str, hidden: str) -> nbformat.NotebookNode:
    """A notebook that shows one box with a child, and hides a third widget from its pages."""
    notebook = nbformat.v4.new_notebook()
    shown, private = nbformat.v4.new_code_cell("box"), nbformat.v4.new_code_cell("slider")
    shown.outputs, private.outputs = [widget(first)], [widget(hidden)]
    private.metadata["tags"] = ["remove-output"]
    note = nbformat.v4.new_markdown_cell("for the trainer")
    note.metadata["tags"] = ["trainer", "remove-cell"]
    for number, cell in enumerate((shown, private, note)):
        cell.id = f"cell-{number}"
    notebook.cells = [shown, private, note]
    state = {
        second: {"model_name": "LabelModel", "state": {}},
        hidden: {"model_name": "SliderModel", "state": {}},
        first: {"model_name": "VBoxModel", "state": {"children": [f"IPY_MODEL_{second}"]}},
    }
    notebook.metadata["widgets"] = {STATE: {"state": state}}
    return notebook


def test_widget_ids_do_not_depend_on_the_run():
    one = notebooks.normalise(notebook_with_widgets(A, B, C))
    other = notebooks.normalise(notebook_with_widgets(C, A, B))
    assert nbformat.writes(one) == nbformat.writes(other)
    assert list(one.metadata["widgets"][STATE]["state"]) == [f"{1:032d}", f"{2:032d}"]


def test_hidden_widgets_are_left_out_and_the_notebook_stays_valid():
    clean = notebooks.normalise(notebook_with_widgets(A, B, C))
    nbformat.validate(clean)
    assert clean.cells[0].outputs
    assert not clean.cells[1].outputs
    assert "outputs" not in clean.cells[2]


def test_addresses_and_times_are_taken_out():
    cell = nbformat.v4.new_code_cell("x")
    cell.metadata["execution"] = {"iopub.execute_input": "2026-11-21T00:00:00Z"}
    cell.outputs = [
        nbformat.v4.new_output("stream", name="stdout", text="<object at 0x7f00aa11bb>")
    ]
    clean = notebooks.normalise(nbformat.v4.new_notebook(cells=[cell]))
    assert clean.cells[0].outputs[0].text == "<object at 0x…>"
    assert "execution" not in clean.cells[0].metadata
