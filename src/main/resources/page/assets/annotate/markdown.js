// Makes elements of Markdown that nobody has vouched for. HTML in it stays text, as annotators judge what was written;
// markdown-it makes the elements, DOMPurify lets through those listed here, and the page's policy runs no script anyway.
import DOMPurify from "../vendor/dompurify/purify.es.mjs";
import "../vendor/markdown-it/markdown-it.min.js";

const LINK = /^(?:https?:\/\/|mailto:)/i;

const ALLOWED = {
  ALLOWED_TAGS: [
    "p", "br", "hr", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "h3", "h4", "h5", "h6",
    "table", "thead", "tbody", "tr", "th", "td",
  ],
  ALLOWED_ATTR: ["href", "start", "dir"],
  ALLOWED_URI_REGEXP: LINK,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
};

const markdown = globalThis.markdownit({ html: false, breaks: true, linkify: false });
markdown.validateLink = (url) => LINK.test(url);

// pictures are on other sites, which are never asked: a link says where
markdown.renderer.rules.image = (tokens, index) => {
  const { escapeHtml } = markdown.utils;
  const source = tokens[index].attrGet("src") ?? "";
  return `<a href="${escapeHtml(source)}">[picture: ${escapeHtml(tokens[index].content || source)}]</a>`;
};

// below the page's own headings; and each block runs in its own text's direction
markdown.core.ruler.push("page", (state) => {
  for (const token of state.tokens) {
    if (token.type.startsWith("heading_")) {
      token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + 2)}`;
    }
    if (token.block && token.nesting === 1) {
      token.attrSet("dir", "auto");
    }
  }
});

// What terminals would obey, and what turns the direction of all that follows, is shown as a sign.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

function sign(character) {
  const code = character.codePointAt(0);
  if (code === 0x0d) {
    return "";
  }
  return code < 0x20 ? String.fromCodePoint(0x2400 + code) : "\u{fffd}";
}

function visible(text) {
  return text.replace(UNSEEN, sign);
}

/** The text as it was written, in its own lines. */
export function plain(text) {
  const lines = document.createElement("p");
  lines.className = "plain";
  lines.dir = "auto";
  lines.textContent = visible(text);
  const fragment = document.createDocumentFragment();
  fragment.append(lines);
  return fragment;
}

/** The text as elements. */
export function rendered(text) {
  const fragment = DOMPurify.sanitize(markdown.render(visible(text)), ALLOWED);
  // a cell without text heads nothing
  fragment.querySelectorAll("th").forEach((cell) => cell.textContent.trim() === "" && cell.replaceWith(document.createElement("td")));
  for (const link of fragment.querySelectorAll("a")) {
    link.rel = "noopener noreferrer nofollow";
    link.target = "_blank";
    link.title = link.href;
  }
  return fragment;
}

/** Elements of a piece of page that the service made. */
export function made(html) {
  return DOMPurify.sanitize(html, { RETURN_DOM_FRAGMENT: true });
}
