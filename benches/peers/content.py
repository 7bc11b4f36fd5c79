"""What a document says, read from the Typst data that gen-report hands to its style modules."""

import html
import re


class Rich:
    """A text with raised parts and line breaks."""

    def __init__(self, parts):
        self.parts = parts  # (kind, text): text, super, break

    def html(self):
        tags = {"text": "{}", "super": "<sup>{}</sup>", "break": "<br/>"}
        return "".join(tags[kind].format(html.escape(text)) for kind, text in self.parts)

    def __str__(self):
        return "".join(" " if kind == "break" else text for kind, text in self.parts)

    def __bool__(self):
        return bool(self.parts)


TOKEN = re.compile(r'\s*(?:(?P<string>"(?:[^"\\]|\\.)*")|(?P<word>\.\.|[\w.%-]+(?=\s*:)|[\w.%+-]+)|(?P<mark>[()\[\]:,]))')


class Reader:
    def __init__(self, text):
        self.text, self.at = text, 0

    def token(self):
        found = TOKEN.match(self.text, self.at)
        self.at = found.end()
        return found

    def peek(self):
        return TOKEN.match(self.text, self.at)

    def value(self):
        found = self.token()
        if found["string"]:
            return unquoted(found["string"])
        if found["word"]:
            word = found["word"]
            if word == "..":
                return self.value()
            return {"none": None, "true": True, "false": False}.get(word, word)
        return self.content() if found["mark"] == "[" else self.collection()

    def collection(self):
        """Behind `(`: a dictionary, an array, or both spread into one another."""
        items, fields = [], {}
        while True:
            found = self.peek()
            if found["mark"] == ")":
                self.token()
                return fields or items
            if found["mark"] == ",":
                self.token()
                continue
            start = self.at
            name = self.token()["word"]
            after = self.peek()
            if name and name != ".." and after and after["mark"] == ":":
                self.token()
                fields[name] = self.value()
            else:
                self.at = start
                item = self.value()
                fields.update(item) if name == ".." else items.append(item)

    def content(self):
        """Behind `[`: strings `#"…";`, and calls `#super[…];` with more inside."""
        parts, calls = [], []
        while True:
            if found := re.compile(r'\s*#("(?:[^"\\]|\\.)*");').match(self.text, self.at):
                parts.append(("super" if "super" in calls else "text", unquoted(found[1])))
            elif found := re.compile(r"\s*#linebreak\(\);").match(self.text, self.at):
                parts.append(("break", ""))
            elif found := re.compile(r"\s*#box\([^)]*\);").match(self.text, self.at):
                pass  # a space without width, at the end of a line
            elif found := re.compile(r"\s*#([\w-]+)(?:\([^)]*\))?\[").match(self.text, self.at):
                calls.append(found[1])
            elif calls and (found := re.compile(r"\s*\];").match(self.text, self.at)):
                calls.pop()
            else:
                self.at = re.compile(r"\s*\]").match(self.text, self.at).end()
                return Rich(parts)
            self.at = found.end()


def unquoted(text):
    return re.sub(r"\\(.)", r"\1", text[1:-1])


def read(path):
    text = open(path, encoding="utf-8").read()
    reader = Reader(text)
    reader.at = re.search(r"#(certificates|releases)\(", text).end()
    return reader.value()[0]
