// Making elements. Texts become text nodes: nothing that anybody wrote is ever
// read as markup.

// h makes an element. Attributes whose value is undefined, null or false are left
// out; those that begin with "on" are listeners.
export function h(tag, attributes = {}, ...children) {
	const e = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) {
		if (value === undefined || value === null || value === false) continue;
		if (name.startsWith("on")) e.addEventListener(name.slice(2), value);
		else e.setAttribute(name, value === true ? "" : value);
	}
	e.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== false));
	return e;
}

const svg = "http://www.w3.org/2000/svg";

const paths = {
	send: "M4 12 20 4l-5 16-3.5-6.5L4 12Zm7.5 1.5L20 4",
	plus: "M12 5v14M5 12h14",
	menu: "M5 7h14M5 12h14M5 17h9",
	reply: "M10 6 4 12l6 6M4 12h10a6 6 0 0 1 6 6",
	edit: "M4 20h4L19 9l-4-4L4 16v4Z",
	close: "M6 6l12 12M18 6 6 18",
	down: "M6 9l6 6 6-6",
	file: "M7 3h7l4 4v14H7V3Zm7 0v4h4",
	photo: "M4 5h16v14H4V5Zm0 11 5-5 4 4 3-3 4 4M15 9h.01",
	voice: "M12 4a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-5 0v-5A2.5 2.5 0 0 1 12 4Zm-6 7a6 6 0 0 0 12 0M12 17v4",
	sticker: "M5 5h14v9l-5 5H5V5Zm9 14v-5h5M9 9h.01M14 9h.01",
	elsewhere: "M4 5h12v9H9l-4 3v-3H4V5Zm5 12h7l4 3v-3h0V9",
	link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1m2 4a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
	block: "M5 12a7 7 0 1 0 14 0 7 7 0 0 0-14 0Zm2-5 10 10",
	week: "M5 6h14v13H5V6Zm0 4h14M9 3v4M15 3v4M10 14.5h5m-2-2 2 2-2 2",
	save: "M12 4v11m-4-4 4 4 4-4M5 19h14",
	out: "M8 16 17 7M10 7h7v7",
	copy: "M9 9h10v11H9V9Zm-4 6V4h10",
};

// icon draws one of the signs above; beside a label it says nothing itself.
export function icon(name) {
	const e = document.createElementNS(svg, "svg");
	e.setAttribute("viewBox", "0 0 24 24");
	e.setAttribute("class", "icon");
	e.setAttribute("aria-hidden", "true");
	const p = document.createElementNS(svg, "path");
	p.setAttribute("d", paths[name] ?? paths.file);
	e.append(p);
	return e;
}

// post sends JSON, or a file as it is, and returns the answer. A refusal is
// thrown with its words.
export async function post(address, body, type) {
	const file = body instanceof Blob;
	const response = await fetch(address, {
		method: "POST",
		headers: { "Content-Type": file ? type || "application/octet-stream" : "application/json" },
		body: file ? body : JSON.stringify(body ?? {}),
	});
	const answer = await response.json().catch(() => ({}));
	if (!response.ok) throw new Error(answer.error || response.statusText);
	return answer;
}

// copyText copies, also where the page has no right to the clipboard.
export async function copyText(text) {
	try {
		await navigator.clipboard.writeText(text);
	} catch {
		const before = document.activeElement;
		const field = h("textarea", { class: "unseen" });
		field.value = text;
		document.body.append(field);
		field.select();
		document.execCommand("copy");
		field.remove();
		before?.focus();
	}
}
