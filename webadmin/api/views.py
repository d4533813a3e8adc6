"""The addresses of the API: each operation of the table, and their description."""

from collections.abc import Callable

from flask import Blueprint, Response, request

from webadmin.api.description import FILE, PREFIX
from webadmin.api.operation import NothingThereError, Operation, QuestionError, encode, read_question
from webadmin.api.operations import OPERATIONS
from webadmin.api.problems import problem

pages = Blueprint("api", __name__, url_prefix=PREFIX)


def _view(operation: Operation) -> Callable[..., Response]:
    def answer(**in_path: str) -> Response:
        try:
            found = operation.read(read_question(operation, request.args, in_path))
        except QuestionError as error:
            return problem(400, "Bad Request", str(error))
        except NothingThereError:
            return problem(404, "Not Found", "There is no such thing; it may have been deleted.")
        return found if isinstance(found, Response) else Response(encode(found), mimetype="application/json")

    return answer


for _operation in OPERATIONS:
    _rule = _operation.path.replace("{", "<").replace("}", ">")
    pages.add_url_rule(_rule, _operation.name, _view(_operation), methods=["GET"])


@pages.get("/openapi.json")
def openapi() -> Response:
    """Give the description of all of this."""
    return Response(FILE.read_bytes(), mimetype="application/json")
