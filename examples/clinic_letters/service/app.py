"""The question-answering service: one function that the web framework calls."""

from service.embed import Index
from service.figures import load_detector
from service.generate import answer, load_generator


class Service:
    """Holds what is loaded once."""

    def __init__(self, passages):
        self.index = Index(passages)
        self.generator = load_generator()
        self.detector = load_detector()

    def ask(self, question):
        return answer(self.generator, question, self.index.find(question))
