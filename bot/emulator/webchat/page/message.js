// A message as a person sees it: text with its formatting, picture, document,
// buttons.

import { h, icon } from "./dom.js";
import { fill, sizeOf, timeOf } from "./words.js";

// MessageView is a message on the page. Only what has changed is drawn anew, so
// that a screen reader does not read a text again because its buttons went.
export class MessageView {
	constructor(column) {
		this.column = column;
		this.bubble = h("div", { class: "bubble" });
		this.keys = h("div", { class: "keys" });
		this.tools = h("div", { class: "tools" });
		this.element = h("article", { class: "message", "data-testid": "message", tabindex: "-1" },
			h("div", { class: "line" }, this.bubble, this.tools), this.keys);
		this.drawn = {};
	}

	show(m, again) {
		this.message = m;
		const who = m.mine ? "mine" : "bot";
		this.element.className = "message " + who + (m.kind === "sticker" ? " bare" : "");
		this.element.dataset.id = m.id;
		this.element.dataset.from = who;
		const { rows, keyboard, ...rest } = m;
		this.part("bubble", rest, again, () => this.fillBubble());
		this.part("tools", [m.mine, m.text === undefined], again, () => this.fillTools());
		this.part("keys", [rows, keyboard], again, () => this.fillKeys());
		this.spin();
	}

	// part draws a part when what it shows has changed, and keeps the focus in it.
	part(name, shows, again, draw) {
		const text = JSON.stringify(shows);
		if (this.drawn[name] === text && !again) return;
		this.drawn[name] = text;
		const focused = this[name].contains(document.activeElement) ? document.activeElement.dataset.place ?? "" : null;
		draw();
		if (focused !== null) (this[name].querySelector(`[data-place="${focused}"]`) ?? this[name].querySelector("button, a") ?? this.element).focus();
	}

	fillBubble() {
		const { column, message: m } = this;
		const parts = [h("span", { class: "unseen" }, m.mine ? column.words.you + ": " : column.view.botName + ": ")];
		if (m.replyTo) {
			const to = column.messages.get(m.replyTo)?.message;
			parts.push(h("div", { class: "quoted" }, to ? brief(to, column.words) : column.words.gone));
		}
		if (m.photo) parts.push(this.photo());
		if (m.document) parts.push(this.document());
		if (m.kind) {
			const label = column.words.kinds[m.kind] ?? m.kind;
			parts.push(h("div", { class: "kind", "data-kind": m.kind }, icon(m.kind), h("span", {}, label)));
		}
		if (m.text) parts.push(h("div", { class: "text", lang: m.lang, dir: "auto", "data-testid": "text" }, formatted(m.text, m.entities ?? [], column)));
		const marks = [];
		if (m.viaBot) marks.push(h("span", {}, fill(column.words.via, { bot: "@" + column.bot })));
		if (m.edited) marks.push(h("span", { class: "edited", "data-testid": "edited" }, column.words.edited));
		marks.push(h("time", { datetime: new Date(m.at).toISOString() }, timeOf(column.lang, m.at)));
		parts.push(h("div", { class: "meta" }, marks));
		this.bubble.replaceChildren(...parts);
	}

	photo() {
		const { href, width, height } = this.message.photo;
		const image = h("img", {
			src: href, width: width || undefined, height: height || undefined, "data-testid": "photo",
			alt: this.message.text ? this.message.text.split("\n")[0] : this.column.words.picture,
		});
		return h("a", { class: "photo", href, target: "_blank", rel: "noopener" }, image);
	}

	document() {
		const { href, name, size } = this.message.document;
		return h("a", { class: "document", href, download: name || true, "data-testid": "document" },
			icon("file"), h("span", {}, h("b", {}, name || "…"), h("small", {}, sizeOf(this.column.lang, size))));
	}

	fillTools() {
		const { column, message: m } = this;
		const tool = (name, label, action) => h("button", { type: "button", class: "tool", "data-place": name, "aria-label": label, title: label, onclick: action }, icon(name));
		this.tools.replaceChildren(...(m.mine && m.text && !m.viaBot
			? [tool("edit", column.words.edit, () => column.aim("edit", this.message))] : []),
		tool("reply", column.words.reply, () => column.aim("reply", this.message)));
	}

	fillKeys() {
		const { column, message: m } = this;
		const inline = (m.rows ?? []).map((row, y) => h("div", { class: "row" }, row.map((b, x) => this.button(b, y + "." + x))));
		const reply = (m.keyboard ?? []).map((row, y) => h("div", { class: "row" }, row.map((label, x) =>
			h("button", { type: "button", class: "key", "data-place": y + "." + x, "data-testid": "key", onclick: () => column.say(label) }, label))));
		this.keys.replaceChildren(...inline, ...reply);
		this.keys.hidden = inline.length + reply.length === 0;
	}

	button(b, place) {
		const { column } = this;
		const style = ["primary", "success", "danger"].includes(b.style) ? " " + b.style : "";
		const common = { class: "key" + style, lang: b.lang, "data-place": place, "data-testid": "key" };
		if (b.url) {
			return h("a", { ...common, ...linkTo(b.url, column) }, h("span", {}, b.text), icon("out"));
		}
		const action = b.copy ? () => column.copy(b.copy)
			: b.inline !== undefined ? () => column.askElsewhere(b.inline)
				: () => column.tap(this.message, b.data);
		const sign = b.copy ? icon("copy") : b.inline !== undefined ? icon("elsewhere") : null;
		return h("button", { ...common, type: "button", disabled: b.disabled, "data-data": b.data, onclick: action }, h("span", {}, b.text), sign);
	}

	// spin turns the buttons whose press the bot has not answered.
	spin() {
		const waiting = new Set((this.column.view.waiting ?? []).filter((w) => w.message === this.message.id).map((w) => w.data));
		for (const e of this.keys.querySelectorAll("[data-data]")) {
			if (waiting.has(e.dataset.data)) e.setAttribute("aria-busy", "true");
			else e.removeAttribute("aria-busy");
		}
	}
}

// brief is a message in one line.
export function brief(m, words) {
	return (m.text || m.document?.name || (m.photo && words.picture) || words.kinds[m.kind] || m.kind || "").split("\n")[0];
}

// linkTo gives the attributes of a link. A link that starts this bot starts it
// here; what no browser should open leads nowhere.
function linkTo(address, column) {
	let url;
	try {
		url = new URL(address, "https://t.me/");
	} catch {
		return {};
	}
	if (["t.me", "telegram.me"].includes(url.hostname) && url.pathname.slice(1).toLowerCase() === column.bot.toLowerCase()) {
		return { href: url.href, onclick: (e) => { e.preventDefault(); column.start(url.searchParams.get("start") ?? ""); } };
	}
	return ["http:", "https:", "mailto:", "tel:"].includes(url.protocol) ? { href: url.href, target: "_blank", rel: "noopener noreferrer" } : {};
}

// formatted makes the nodes of a text and its entities, which are in order, the
// outer ones first; one that reaches out of another is cut.
function formatted(text, entities, column) {
	const build = (from, to, list) => {
		const out = [];
		for (let i = 0; i < list.length;) {
			const e = list[i];
			const end = Math.min(e.offset + e.length, to);
			if (e.offset < from || end <= e.offset) {
				i++;
				continue;
			}
			if (e.offset > from) out.push(text.slice(from, e.offset));
			let next = i + 1;
			while (next < list.length && list[next].offset < end) next++;
			out.push(element(e, text.slice(e.offset, end), build(e.offset, end, list.slice(i + 1, next)), column));
			from = end;
			i = next;
		}
		if (from < to) out.push(text.slice(from, to));
		return out;
	};
	return build(0, text.length, entities);
}

const plainTags = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", blockquote: "blockquote" };

function element(e, text, inner, column) {
	if (plainTags[e.type]) return h(plainTags[e.type], {}, inner);
	switch (e.type) {
	case "pre":
		return h("pre", { "data-language": e.language }, h("code", {}, inner));
	case "text_link":
		return h("a", linkTo(e.url, column), inner);
	case "url":
		return h("a", linkTo(text, column), inner);
	case "bot_command":
		return command(text, inner, column);
	case "mention":
		return h("a", linkTo("https://t.me/" + text.slice(1), column), inner);
	case "spoiler":
		return spoiler(inner, column);
	case "expandable_blockquote":
		return folding(inner, column);
	default:
		return h("span", {}, inner);
	}
}

// command is a link and not a button, because only a link may be broken into lines
// like the text around it.
function command(text, inner, column) {
	const say = (e) => {
		e.preventDefault();
		column.say(text);
	};
	return h("a", { href: "#", role: "button", class: "command", onclick: say, onkeydown: (e) => { if (e.key === " ") say(e); } }, inner);
}

function spoiler(inner, column) {
	const content = h("span", { inert: true, "aria-hidden": "true" }, inner);
	const cover = h("button", { type: "button", class: "cover", "aria-label": column.words.hidden });
	const whole = h("span", { class: "spoiler" }, content, cover);
	cover.addEventListener("click", () => {
		whole.classList.add("open");
		content.inert = false;
		content.removeAttribute("aria-hidden");
		cover.remove();
	});
	return whole;
}

function folding(inner, column) {
	const content = h("div", { class: "folded" }, inner);
	const more = h("button", { type: "button", class: "command", "aria-expanded": "false" }, column.words.unfold);
	more.addEventListener("click", () => {
		const folded = content.classList.toggle("folded");
		more.setAttribute("aria-expanded", String(!folded));
		more.textContent = folded ? column.words.unfold : column.words.fold;
	});
	return h("blockquote", {}, content, more);
}
