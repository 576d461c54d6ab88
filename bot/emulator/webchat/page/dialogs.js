// The windows in front of the page. They are dialog elements, so that the browser
// keeps the focus inside and closes them on Escape.

import { h, icon } from "./dom.js";

const patience = 500; // milliseconds after the last letter before a query goes out

function open(column, title, ...content) {
	const heading = h("h2", {}, title);
	const close = h("button", { type: "button", class: "tool", "aria-label": column.words.close, title: column.words.close, onclick: () => box.close() }, icon("close"));
	const box = h("dialog", { class: column.view.role, lang: column.lang, "aria-label": title }, h("header", {}, heading, close), ...content);
	box.addEventListener("close", () => box.remove());
	box.addEventListener("click", (e) => { if (e.target === box) box.close(); });
	document.body.append(box);
	box.showModal();
	return box;
}

// alertBox shows the answer to a press that must be read.
export function alertBox(column, notice) {
	const ok = h("button", { type: "button", class: "wide", autofocus: true, onclick: () => box.close() }, column.words.ok);
	const box = open(column, column.view.botName, h("p", { lang: notice.lang, "data-testid": "alert" }, notice.text), ok);
	box.setAttribute("role", "alertdialog");
}

// linkBox starts the bot as a deep link does.
export function linkBox(column) {
	const w = column.words;
	const id = "payload-" + column.view.id;
	const field = h("input", { id, autocomplete: "off", autocapitalize: "off", spellcheck: "false", maxlength: 64, pattern: "[A-Za-z0-9_\\-]*", "aria-describedby": id + "-hint", autofocus: true, "data-testid": "payload" });
	field.addEventListener("input", () => field.setCustomValidity(field.validity.patternMismatch ? w.linkBad : ""));
	const form = h("form", {},
		h("p", { id: id + "-hint" }, w.linkHint),
		h("label", { for: id }, w.linkPayload),
		h("div", { class: "joined" }, h("span", { "aria-hidden": "true" }, "t.me/" + column.bot + "?start="), field),
		h("button", { type: "submit", class: "wide" }, w.open));
	const box = open(column, w.linkTitle, form);
	form.addEventListener("submit", (e) => {
		e.preventDefault();
		column.start(field.value);
		box.close();
	});
}

// elsewhereBox asks the bot from another chat. The answer that is chosen is
// posted here.
export function elsewhereBox(column, text) {
	const w = column.words;
	const id = "query-" + column.view.id;
	const field = h("input", { id, type: "search", autocomplete: "off", maxlength: 256, autofocus: true, "data-testid": "query" });
	field.value = text;
	const list = h("div", { class: "results", role: "group", "aria-label": w.inlineTitle, "aria-live": "polite", "aria-busy": "true" }, h("p", {}, w.searching));
	let asked = null;
	let timer = 0;
	const ask = () => {
		clearTimeout(timer);
		if (asked === field.value) return;
		asked = field.value;
		list.setAttribute("aria-busy", "true");
		list.replaceChildren(h("p", {}, w.searching));
		column.act("inline", { text: asked });
	};
	field.addEventListener("input", () => {
		clearTimeout(timer);
		timer = setTimeout(ask, patience);
	});
	const form = h("form", {},
		h("p", {}, w.inlineHint),
		h("label", { for: id }, w.inlineQuery),
		h("div", { class: "joined" }, h("span", { "aria-hidden": "true" }, "@" + column.bot), field));
	form.addEventListener("submit", (e) => { e.preventDefault(); ask(); });
	const box = open(column, w.inlineTitle, form, list);
	let drawn = "";
	column.elsewhere = {
		update(query) {
			const now = JSON.stringify(query ?? null);
			if (!query || query.text !== asked || !query.answered || now === drawn) return;
			drawn = now;
			const cards = query.results.map((r) => h("button", {
				type: "button", class: "item result", lang: r.lang, "data-testid": "result",
				onclick: () => { box.close(); column.act("choose", { text: r.id }); },
			}, h("b", {}, r.title), r.about ? h("span", {}, r.about) : null));
			const above = query.button ? [h("button", { type: "button", class: "wide", onclick: () => { box.close(); column.start(query.start ?? ""); } }, query.button)] : [];
			list.setAttribute("aria-busy", "false");
			list.replaceChildren(...above, ...(cards.length || above.length ? cards : [h("p", {}, w.nothing)]));
		},
	};
	box.addEventListener("close", () => {
		clearTimeout(timer);
		column.elsewhere = null;
	});
	ask();
}
