// The whole page: the bar, the columns or, where it is narrow, the tabs, and the
// stream of what happens.

import { h, icon, post } from "./dom.js";
import { Column } from "./column.js";
import { choose, endonyms, fill, languages, momentOf, speak } from "./words.js";

const $ = (id) => document.getElementById(id);
const narrow = matchMedia("(max-width: 899px)");

// remember keeps a choice of the reader; where that is not allowed it is for now.
const remember = {
	get: () => { try { return localStorage.getItem("maqta-language"); } catch { return null; } },
	set: (lang) => { try { localStorage.setItem("maqta-language", lang); } catch { /* for now only */ } },
};

class Page {
	constructor() {
		this.columns = new Map(); // by the person's number
		this.lang = choose(remember.get() ?? navigator.languages.map((l) => choose(l, "")).find(Boolean));
		this.bot = "";
		this.ahead = 0; // of the demo's clock before this machine's
		for (const lang of languages) {
			$("langs").append(h("button", { type: "button", lang, "data-lang": lang, "aria-label": endonyms[lang], title: endonyms[lang], "data-testid": "page-" + lang, onclick: () => this.speak(lang) }, lang));
		}
		$("week").addEventListener("click", () => this.nextWeek());
		narrow.addEventListener("change", () => this.arrange());
		addEventListener("focusin", (e) => this.reveal(e.target));
		this.speak(this.lang);
		setInterval(() => this.tick(), 1000);
		this.listen();
	}

	get words() { return speak(this.lang); }

	speak(lang) {
		this.lang = lang;
		remember.set(lang);
		const w = this.words;
		document.documentElement.lang = lang;
		$("tagline").textContent = w.tagline;
		$("langs").setAttribute("aria-label", w.pageLanguage);
		for (const b of $("langs").children) b.setAttribute("aria-pressed", String(b.dataset.lang === lang));
		$("week").replaceChildren(icon("week"), h("span", {}, w.nextWeek));
		$("week").title = w.nextWeekHint;
		$("save").replaceChildren(icon("save"), h("span", {}, w.save));
		$("save").title = w.saveHint;
		$("lost").textContent = w.lost;
		$("tabs").setAttribute("aria-label", w.people);
		this.labelTabs();
		this.tick();
	}

	tick() {
		if (!this.bot) return;
		const now = Date.now() + this.ahead;
		const text = momentOf(this.lang, now);
		if ($("date").textContent === text) return;
		$("date").textContent = text;
		$("date").dateTime = new Date(now).toISOString();
	}

	async nextWeek() {
		$("week").disabled = true;
		try {
			await post("/clock?days=7");
			this.ahead += 7 * 86400e3; // the server will say so in a moment
			this.tick();
			$("said").textContent = momentOf(this.lang, Date.now() + this.ahead);
		} catch (error) {
			const [first] = this.columns.values();
			first?.toast(fill(this.words.wrong, { why: error.message }), "en");
		} finally {
			$("week").disabled = false;
			$("week").focus();
		}
	}

	listen() {
		const events = new EventSource("/events");
		events.onopen = () => { $("lost").hidden = true; };
		events.onerror = () => {
			$("lost").hidden = false;
			if (events.readyState === EventSource.CLOSED) setTimeout(() => this.listen(), 2000);
		};
		events.onmessage = (e) => this.told(JSON.parse(e.data));
	}

	told(window) {
		this.bot = window.bot;
		this.ahead = window.now - Date.now();
		$("week").hidden = !window.clock;
		for (const view of window.people) {
			let column = this.columns.get(view.id);
			if (!column) {
				column = new Column(view, this);
				this.columns.set(view.id, column);
				$("columns").append(column.element);
			}
			column.update(view, Boolean(window.reset));
		}
		if (window.reset) this.arrange();
		this.labelTabs();
		this.tick();
		document.body.dataset.ready = "true";
	}

	// arrange shows the people side by side, or one at a time behind tabs.
	arrange() {
		const all = [...this.columns.values()];
		if (!all.length) return;
		this.current = all.includes(this.current) ? this.current : all[0];
		for (const column of all) {
			column.element.classList.toggle("current", column === this.current);
			if (narrow.matches) {
				column.element.setAttribute("role", "tabpanel");
				column.element.setAttribute("aria-labelledby", "tab-" + column.view.id);
			} else {
				column.element.removeAttribute("role");
				column.element.setAttribute("aria-labelledby", "role-" + column.view.id);
			}
			const visible = !narrow.matches || column === this.current;
			if (visible && !column.visible) column.shown();
			column.visible = visible;
		}
		this.labelTabs();
	}

	labelTabs() {
		if (!this.columns.size) return;
		const tabs = $("tabs");
		const all = [...this.columns.values()];
		if (tabs.children.length !== all.length) {
			tabs.replaceChildren(...all.map((column) => h("button", {
				type: "button", role: "tab", id: "tab-" + column.view.id, "aria-controls": column.element.id, class: column.view.role,
				"data-testid": "tab-" + column.view.role, onclick: () => this.show(column), onkeydown: (e) => this.walk(e, column),
			}, h("span"), h("b", { class: "unread", hidden: true }))));
			$("skips").replaceChildren(...all.map((column) => h("a", { href: "#write-" + column.view.id })));
		}
		all.forEach((column, i) => {
			const [tab, skip] = [tabs.children[i], $("skips").children[i]];
			const chosen = column === this.current;
			if (chosen || !narrow.matches) column.unread = 0;
			const role = this.words.roles[column.view.role] ?? column.view.role;
			tab.firstChild.textContent = role;
			tab.setAttribute("aria-selected", String(chosen));
			tab.tabIndex = chosen ? 0 : -1;
			tab.lastChild.hidden = column.unread === 0;
			tab.lastChild.textContent = column.unread;
			skip.textContent = fill(this.words.skip, { role });
		});
	}

	show(column) {
		this.current = column;
		this.arrange();
	}

	walk(e, column) {
		const all = [...this.columns.values()];
		const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
		if (!step) return;
		e.preventDefault();
		const next = all[(all.indexOf(column) + step + all.length) % all.length];
		this.show(next);
		$("tab-" + next.view.id).focus();
	}

	// reveal brings the column to the front in which something got the focus.
	reveal(element) {
		const column = [...this.columns.values()].find((c) => c.element.contains(element));
		if (column && column !== this.current) this.show(column);
	}
}

new Page();
