// One person: who they are, what they see, what they can do.

import { h, icon, post, copyText } from "./dom.js";
import { MessageView, brief } from "./message.js";
import { alertBox, elsewhereBox, linkBox } from "./dialogs.js";
import { choose, dayOf, endonyms, fill, languages, speak } from "./words.js";

const noticeTime = 5000; // milliseconds that a notice stays

export class Column {
	constructor(view, page) {
		this.page = page;
		this.view = view;
		this.messages = new Map(); // by number: MessageView
		this.days = new Map(); // by text: the line that begins a day
		this.unread = 0;
		this.aimed = null; // { how: "reply" or "edit", message }
		this.build();
	}

	get bot() { return this.page.bot; }

	build() {
		const { role, id } = this.view;
		this.element = h("section", { class: "column " + role, id: "person-" + id, "aria-labelledby": "role-" + id, "data-testid": "column-" + role });
		this.title = h("h2", { id: "role-" + id });
		this.name = h("input", { class: "name", maxlength: 64, autocomplete: "off", spellcheck: "false", "data-testid": "name" });
		this.name.addEventListener("change", () => this.act("profile", { name: this.name.value }));
		this.langs = h("div", { class: "langs", role: "group" });
		for (const lang of languages) {
			this.langs.append(h("button", {
				type: "button", lang, "data-lang": lang, "aria-label": endonyms[lang], title: endonyms[lang], "data-testid": "lang-" + lang,
				onclick: () => this.act("profile", { lang }),
			}, lang));
		}
		this.list = h("div", { class: "list" });
		this.log = h("div", { class: "log", role: "log", "aria-live": "off", tabindex: "0", "data-testid": "log" }, this.list);
		this.log.addEventListener("scroll", () => this.scrolled(), { passive: true });
		this.stuck = true; // the end of the chat is in sight, and is to stay there
		this.top = 0; // where the chat was scrolled to then
		this.place = 0; // where the reader last was
		const sizes = new ResizeObserver(() => this.follow());
		sizes.observe(this.list);
		sizes.observe(this.log);
		this.empty = h("div", { class: "empty" });
		this.typing = h("p", { class: "typing", hidden: true });
		this.newer = h("button", { type: "button", class: "newer", hidden: true, onclick: () => this.toEnd() }, icon("down"));
		this.notices = h("div", { class: "notices", role: "status", "data-testid": "notices" });
		this.element.append(
			h("header", { class: "who" }, h("span", { class: "portrait", "aria-hidden": "true" }), h("div", { class: "names" }, this.title, this.name), this.langs),
			h("div", { class: "stage" }, this.log, this.newer, this.notices), this.buildComposer());
		this.element.addEventListener("dragover", (e) => e.preventDefault());
		this.element.addEventListener("drop", (e) => {
			e.preventDefault();
			for (const file of e.dataTransfer.files) this.upload(file);
		});
		this.element.addEventListener("keydown", (e) => { if (e.key === "Escape") this.escape(e); });
	}

	buildComposer() {
		const id = this.view.id;
		this.aimBar = h("div", { class: "aim", hidden: true });
		this.commands = h("div", { class: "sheet", id: "commands-" + id, hidden: true, "data-testid": "commands" });
		this.things = h("div", { class: "sheet", id: "things-" + id, hidden: true });
		this.menu = h("button", { type: "button", class: "round", "aria-expanded": "false", "aria-controls": "commands-" + id, "data-testid": "menu" }, icon("menu"));
		this.more = h("button", { type: "button", class: "round", "aria-expanded": "false", "aria-controls": "things-" + id, "data-testid": "more" }, icon("plus"));
		this.menu.addEventListener("click", () => { this.fillCommands(""); this.toggle(this.menu); });
		this.more.addEventListener("click", () => this.toggle(this.more));
		this.field = h("textarea", { rows: 1, id: "write-" + id, "data-testid": "composer", autocomplete: "off", maxlength: 4096 });
		this.field.addEventListener("input", () => this.typed());
		this.field.addEventListener("keydown", (e) => this.key(e));
		this.submit = h("button", { type: "submit", class: "round send", "data-testid": "send" }, icon("send"));
		this.file = h("input", { type: "file", class: "unseen", multiple: true, tabindex: "-1", "aria-hidden": "true", "data-testid": "file" });
		this.file.addEventListener("change", async () => {
			for (const file of [...this.file.files]) await this.upload(file);
			this.file.value = "";
		});
		this.unblock = h("button", { type: "button", class: "wide", onclick: () => this.act("unblock"), "data-testid": "unblock" });
		this.stopped = h("div", { class: "stopped", hidden: true }, h("p"), this.unblock);
		this.form = h("form", { class: "composer" }, this.menu, this.field, this.more, this.submit);
		this.form.addEventListener("submit", (e) => { e.preventDefault(); this.send(); });
		return h("footer", { class: "foot" }, this.commands, this.things, this.aimBar, this.form, this.stopped, this.file);
	}

	// update shows what the server told of the person.
	update(view, reset) {
		const again = reset || view.lang !== this.view.lang || view.botName !== this.view.botName;
		this.view = view;
		this.lang = choose(view.lang, this.page.lang);
		this.words = speak(this.lang);
		if (reset) this.forget();
		if (again) this.label();
		if (document.activeElement !== this.name) this.name.value = view.name;
		this.element.querySelector(".portrait").textContent = [...view.name][0] ?? "";
		for (const b of this.langs.children) b.setAttribute("aria-pressed", String(b.dataset.lang === view.lang));
		this.form.hidden = Boolean(view.blocked);
		this.stopped.hidden = !view.blocked;

		for (const id of view.gone ?? []) {
			this.messages.get(id)?.element.remove();
			this.messages.delete(id);
		}
		const changed = new Set();
		let fresh = 0;
		for (const m of view.messages ?? []) {
			changed.add(m.id);
			if (!this.messages.has(m.id)) {
				this.add(m);
				if (!m.mine) fresh++;
			}
			this.messages.get(m.id).show(m, again);
		}
		for (const [id, shown] of this.messages) {
			if (again && !changed.has(id)) shown.show(shown.message, true);
			else shown.spin();
		}
		this.arrangeDays();
		this.showEmpty();
		this.typing.hidden = !view.action;
		if (view.action) this.typing.textContent = fill(this.words.typing, { bot: view.botName });
		this.list.append(this.typing);
		for (const n of view.notices ?? []) this.notice(n);
		this.elsewhere?.update(view.query);

		if (reset) queueMicrotask(() => this.log.setAttribute("aria-live", "polite"));
		if (reset || this.ended || (view.messages ?? []).some((m) => m.mine && m.id > this.newest)) this.toEnd();
		else if (fresh) this.newer.hidden = false;
		this.newest = Math.max(this.newest ?? 0, ...(view.messages ?? []).map((m) => m.id));
		this.unread = reset ? 0 : this.unread + fresh;
	}

	forget() {
		this.log.setAttribute("aria-live", "off");
		this.messages.clear();
		this.days.clear();
		this.list.replaceChildren();
		this.newest = 0;
	}

	// label writes the page's own words in the person's language.
	label() {
		const { words: w, view } = this;
		this.element.lang = this.lang;
		this.title.textContent = w.roles[view.role] ?? view.role;
		this.name.setAttribute("aria-label", w.name);
		this.langs.setAttribute("aria-label", w.appLanguage);
		this.log.setAttribute("aria-label", fill(w.chat, { name: view.name }));
		for (const [e, label] of [[this.menu, w.commands], [this.more, w.more], [this.submit, w.send], [this.newer, w.newer]]) {
			e.setAttribute("aria-label", label);
			e.title = label;
		}
		this.field.setAttribute("aria-label", w.write);
		this.field.placeholder = w.write;
		this.unblock.textContent = w.unblock;
		this.stopped.firstChild.textContent = w.blocked;
		const thing = (name, action) => h("button", { type: "button", class: "item", "data-testid": "thing-" + name, onclick: () => { this.close(); action(); } }, icon(name), h("span", {}, w[name]));
		this.things.replaceChildren(
			thing("file", () => this.file.click()),
			...["photo", "voice", "sticker"].map((kind) => thing(kind, () => this.act("other", { text: kind }))),
			thing("elsewhere", () => this.askElsewhere("")),
			thing("link", () => linkBox(this)),
			thing("block", () => this.act("block")));
		this.showAim();
	}

	add(m) {
		const shown = new MessageView(this);
		this.messages.set(m.id, shown);
		const after = [...this.messages.values()].find((o) => o.message && o.message.id > m.id);
		this.list.insertBefore(shown.element, after ? after.element : this.typing.parentNode === this.list ? this.typing : null);
	}

	// arrangeDays puts a line before the first message of each day.
	arrangeDays() {
		const first = new Map();
		for (const { message, element } of this.messages.values()) {
			const day = dayOf(this.lang, message.at);
			if (!first.has(day)) first.set(day, element);
		}
		for (const [day, line] of this.days) {
			if (!first.has(day)) {
				line.remove();
				this.days.delete(day);
			}
		}
		for (const [day, element] of first) {
			if (!this.days.has(day)) this.days.set(day, h("p", { class: "day" }, h("span", {}, day)));
			const line = this.days.get(day);
			if (element.previousSibling !== line) this.list.insertBefore(line, element);
		}
	}

	showEmpty() {
		const none = this.messages.size === 0;
		if (!none) {
			this.empty.remove();
			return;
		}
		const focused = this.empty.contains(document.activeElement);
		const start = h("button", { type: "button", class: "wide", onclick: () => this.start(""), "data-testid": "start" }, this.words.start);
		this.empty.replaceChildren(
			h("img", { src: "/page/icon.svg", alt: "", width: 64, height: 64 }),
			h("h3", {}, this.view.botName),
			h("p", {}, this.view.description || this.words.empty), start);
		if (this.empty.parentNode !== this.list) this.list.append(this.empty);
		if (focused) start.focus();
	}

	// What the person does.

	async act(deed, more = {}) {
		try {
			return await post("/act", { person: this.view.id, do: deed, ...more });
		} catch (error) {
			this.toast(fill(this.words.wrong, { why: error.message }), "en");
			return null;
		}
	}

	say(text) { return this.act("say", { text }); }

	start(payload) { return this.act("start", { text: payload }); }

	tap(message, data) {
		const waits = (this.view.waiting ?? []).some((w) => w.message === message.id && w.data === data);
		if (!waits) this.act("tap", { message: message.id, data });
	}

	async copy(text) {
		await copyText(text);
		this.toast(this.words.copied, this.lang);
	}

	askElsewhere(text) { elsewhereBox(this, text); }

	async upload(file) {
		const address = "/upload?" + new URLSearchParams({ person: this.view.id, name: file.name });
		try {
			await post(address, file, file.type);
		} catch (error) {
			this.toast(fill(this.words.wrong, { why: error.message }), "en");
		}
	}

	async send() {
		const text = this.field.value;
		if (!text.trim()) return;
		const aimed = this.aimed;
		this.field.value = "";
		this.grow();
		this.aim(null);
		this.close();
		const sent = aimed ? await this.act(aimed.how, { message: aimed.message.id, text }) : await this.say(text);
		if (!sent && !this.field.value) {
			this.field.value = text; // nothing that was written is lost
			this.grow();
		}
	}

	key(e) {
		if (e.isComposing) return;
		if (e.key === "Enter" && !e.shiftKey) {
			e.preventDefault();
			this.send();
		} else if (e.key === "ArrowUp" && this.field.value === "") {
			const mine = [...this.messages.values()].map((v) => v.message).filter((m) => m.mine && m.text && !m.viaBot);
			if (mine.length) {
				e.preventDefault();
				this.aim("edit", mine[mine.length - 1]);
			}
		} else if (e.key === "ArrowDown" && !this.commands.hidden) {
			e.preventDefault();
			this.commands.querySelector("button")?.focus();
		}
	}

	typed() {
		this.grow();
		const text = this.field.value;
		if (/^\/\w*$/.test(text) && this.fillCommands(text.slice(1)) > 0) this.open(this.menu);
		else if (!this.commands.hidden) this.close();
	}

	grow() {
		this.field.style.height = "auto";
		this.field.style.height = Math.min(this.field.scrollHeight + 2, 160) + "px";
	}

	// aim lets the next text reply to a message or replace it.
	aim(how, message) {
		const before = this.aimed;
		this.aimed = how ? { how, message } : null;
		if (how === "edit") this.field.value = message.text;
		else if (before?.how === "edit") this.field.value = "";
		this.grow();
		this.showAim();
		if (how) this.field.focus();
	}

	showAim() {
		this.aimBar.hidden = !this.aimed;
		if (!this.aimed) return this.aimBar.replaceChildren();
		const { how, message } = this.aimed;
		return this.aimBar.replaceChildren(
			h("span", {}, h("b", {}, how === "edit" ? this.words.editing : this.words.replying), h("span", {}, brief(message, this.words))),
			h("button", { type: "button", class: "tool", "aria-label": this.words.cancel, title: this.words.cancel, onclick: () => { this.aim(null); this.field.focus(); } }, icon("close")));
	}

	// The two sheets above the text field.

	fillCommands(begin) {
		const list = this.view.commands.filter((c) => c.command.startsWith(begin));
		this.commands.replaceChildren(...list.map((c) => h("button", {
			type: "button", class: "item", "data-testid": "command",
			onclick: () => { this.field.value = ""; this.grow(); this.close(); this.field.focus(); this.say("/" + c.command); },
		}, h("b", {}, "/" + c.command), h("span", {}, c.description))));
		if (!list.length) this.commands.append(h("p", {}, this.words.nothing));
		return list.length;
	}

	toggle(button) {
		if (button.getAttribute("aria-expanded") === "true") return this.close();
		this.open(button);
		return this.sheet(button).querySelector("button")?.focus();
	}

	sheet(button) { return button === this.menu ? this.commands : this.things; }

	open(button) {
		this.close();
		this.sheet(button).hidden = false;
		button.setAttribute("aria-expanded", "true");
		this.away ??= (e) => { if (!this.form.contains(e.target) && !this.commands.contains(e.target) && !this.things.contains(e.target)) this.close(); };
		document.addEventListener("pointerdown", this.away);
		this.arrows ??= (e) => this.walk(e);
		this.element.addEventListener("keydown", this.arrows);
	}

	close() {
		for (const button of [this.menu, this.more]) {
			const sheet = this.sheet(button);
			if (sheet.contains(document.activeElement)) button.focus();
			sheet.hidden = true;
			button.setAttribute("aria-expanded", "false");
		}
		if (this.away) document.removeEventListener("pointerdown", this.away);
		if (this.arrows) this.element.removeEventListener("keydown", this.arrows);
	}

	// walk moves the focus in an open sheet with the arrow keys.
	walk(e) {
		const items = [...e.target.closest(".sheet")?.querySelectorAll("button") ?? []];
		const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
		if (!step || !items.length) return;
		e.preventDefault();
		items[(items.indexOf(e.target) + step + items.length) % items.length].focus();
	}

	escape(e) {
		if (!this.commands.hidden || !this.things.hidden) this.close();
		else if (this.aimed) this.aim(null);
		else return;
		e.preventDefault();
		e.stopPropagation();
	}

	// What comes without being a message.

	notice(n) {
		if (n.url) this.start(new URL(n.url, "https://t.me/").searchParams.get("start") ?? "");
		if (!n.text) return;
		if (n.alert) alertBox(this, n);
		else this.toast(n.text, n.lang);
	}

	toast(text, lang) {
		const e = h("p", { class: "notice", lang, "data-testid": "notice" }, text);
		this.notices.append(e);
		setTimeout(() => e.remove(), noticeTime);
	}

	// Where one reads.

	toEnd() {
		this.log.scrollTop = this.log.scrollHeight;
		this.top = this.log.scrollTop;
		this.stuck = true;
		this.newer.hidden = true;
	}

	// ended reports whether the end is to stay in sight. When something grew, the
	// end is further down, but the reader has not gone up.
	get ended() {
		const { scrollHeight, scrollTop, clientHeight } = this.log;
		const near = 60; // pixels that nobody scrolls on purpose
		if (clientHeight > 0) this.stuck = scrollHeight - scrollTop - clientHeight < near || (this.stuck && scrollTop > this.top - near);
		return this.stuck;
	}

	// follow keeps the end in sight when something grew: a picture came, the
	// window changed.
	follow() { if (this.ended) this.toEnd(); }

	scrolled() {
		if (this.log.clientHeight === 0) return;
		this.place = this.log.scrollTop;
		if (this.ended) this.newer.hidden = true;
	}

	// shown tells that the column came into sight.
	shown() {
		this.unread = 0;
		this.grow();
		if (this.stuck) this.toEnd();
		else this.log.scrollTop = this.place;
	}
}
