// What the page itself says, in the three languages. A column speaks the language
// of its person's app, the bar above the language of the page.

export const languages = ["kk", "ru", "en"];
export const endonyms = { kk: "Қазақша", ru: "Русский", en: "English" };

const words = {
	kk: {
		tagline: "Ботты осы жерде байқап көріңіз. Ешқандай дерек бұл компьютерден шықпайды.",
		pageLanguage: "Бет тілі",
		appLanguage: "Қолданба тілі",
		people: "Адамдар",
		nextWeek: "Келесі апта",
		nextWeekHint: "Сағатты жеті күнге алға жылжыту",
		save: "Тест етіп сақтау",
		saveHint: "Чаттарды қайта ойнатуға болатын сценарий етіп жүктеп алу",
		lost: "Байланыс үзілді, қайта қосылып жатыр…",
		roles: { citizen: "Азамат", owner: "Кәсіпорын иесі", official: "Лауазымды тұлға" },
		skip: "{role}: хабар жазу",
		chat: "{name} мен боттың чаты",
		name: "Аты",
		write: "Хабар жазыңыз",
		send: "Жіберу",
		commands: "Пәрмендер мәзірі",
		more: "Тағы",
		file: "Файл жіберу…",
		photo: "Фото жіберу",
		voice: "Дауыстық хабар жіберу",
		sticker: "Стикер жіберу",
		elsewhere: "Басқа чатта сұрау…",
		link: "Сілтемемен ашу…",
		block: "Ботты бұғаттау",
		unblock: "Бұғаттан шығару",
		blocked: "Сіз ботты бұғаттадыңыз: ол сізге жаза алмайды.",
		edited: "өзгертілді",
		via: "{bot} арқылы",
		you: "Сіз",
		typing: "{bot} жазып жатыр…",
		start: "Бастау",
		empty: "Әзірге хабар жоқ.",
		newer: "Жаңа хабарлар",
		reply: "Жауап беру",
		edit: "Өзгерту",
		replying: "Жауап",
		editing: "Хабарды өзгерту",
		cancel: "Бас тарту",
		copied: "Көшірілді",
		ok: "Жарайды",
		close: "Жабу",
		picture: "Сурет",
		gone: "Хабар жойылған",
		hidden: "Жасырын мәтін, ашу үшін басыңыз",
		unfold: "Толық көрсету",
		fold: "Жинау",
		inlineTitle: "Басқа чатта",
		inlineHint: "Кез келген чатта боттың атынан кейін сұрақ жазыңыз. Таңдалған жауап осы чатқа түседі.",
		inlineQuery: "Сұрақ",
		searching: "Боттың жауабын күтуде…",
		nothing: "Жауап жоқ.",
		linkTitle: "Сілтемемен ашу",
		linkHint: "Бетке немесе қағазға қойылған сілтемеден келген адам осы белгімен бастайды.",
		linkPayload: "Белгі",
		linkBad: "Белгіде тек латын әріптері, цифрлар, _ және - болады, ең көбі алпыс төрт таңба.",
		open: "Ашу",
		wrong: "Орындалмады: {why}",
		kinds: {
			voice: "Дауыстық хабар", photo: "Фото", sticker: "Стикер", location: "Орналасқан жер",
			contact: "Байланыс деректері", video: "Бейне",
		},
	},
	ru: {
		tagline: "Попробуйте бота прямо здесь. Никакие данные не покидают этот компьютер.",
		pageLanguage: "Язык страницы",
		appLanguage: "Язык приложения",
		people: "Люди",
		nextWeek: "Следующая неделя",
		nextWeekHint: "Перевести часы на семь дней вперёд",
		save: "Сохранить как тест",
		saveHint: "Скачать чаты сценарием, который можно проиграть снова",
		lost: "Связь прервалась, соединяюсь снова…",
		roles: { citizen: "Гражданин", owner: "Предприниматель", official: "Должностное лицо" },
		skip: "{role}: написать сообщение",
		chat: "Чат: {name} и бот",
		name: "Имя",
		write: "Сообщение",
		send: "Отправить",
		commands: "Меню команд",
		more: "Ещё",
		file: "Отправить файл…",
		photo: "Отправить фото",
		voice: "Отправить голосовое сообщение",
		sticker: "Отправить стикер",
		elsewhere: "Спросить в другом чате…",
		link: "Открыть по ссылке…",
		block: "Заблокировать бота",
		unblock: "Разблокировать",
		blocked: "Вы заблокировали бота: он не может вам писать.",
		edited: "изменено",
		via: "через {bot}",
		you: "Вы",
		typing: "{bot} печатает…",
		start: "Начать",
		empty: "Сообщений пока нет.",
		newer: "Новые сообщения",
		reply: "Ответить",
		edit: "Изменить",
		replying: "Ответ",
		editing: "Изменить сообщение",
		cancel: "Отмена",
		copied: "Скопировано",
		ok: "Понятно",
		close: "Закрыть",
		picture: "Картинка",
		gone: "Сообщение удалено",
		hidden: "Скрытый текст, нажмите, чтобы открыть",
		unfold: "Показать целиком",
		fold: "Свернуть",
		inlineTitle: "В другом чате",
		inlineHint: "В любом чате вопрос пишут после имени бота. Выбранный ответ появится в этом чате.",
		inlineQuery: "Вопрос",
		searching: "Бот отвечает…",
		nothing: "Ответа нет.",
		linkTitle: "Открыть по ссылке",
		linkHint: "Так начинает тот, кто пришёл по ссылке с сайта или с листовки: бот получает эту метку.",
		linkPayload: "Метка",
		linkBad: "В метке бывают только латинские буквы, цифры, _ и -, не больше шестидесяти четырёх знаков.",
		open: "Открыть",
		wrong: "Не получилось: {why}",
		kinds: {
			voice: "Голосовое сообщение", photo: "Фото", sticker: "Стикер", location: "Местоположение",
			contact: "Контакт", video: "Видео",
		},
	},
	en: {
		tagline: "Try the bot right here. Nothing leaves this computer.",
		pageLanguage: "Language of the page",
		appLanguage: "Language of the app",
		people: "People",
		nextWeek: "Next week",
		nextWeekHint: "Move the clock forward by seven days",
		save: "Save as test",
		saveHint: "Download the chats as a script that can be played again",
		lost: "The connection was lost, trying again…",
		roles: { citizen: "Citizen", owner: "Business owner", official: "Official" },
		skip: "{role}: write a message",
		chat: "Chat of {name} and the bot",
		name: "Name",
		write: "Message",
		send: "Send",
		commands: "Menu of commands",
		more: "More",
		file: "Send a file…",
		photo: "Send a photo",
		voice: "Send a voice message",
		sticker: "Send a sticker",
		elsewhere: "Ask in another chat…",
		link: "Open by a link…",
		block: "Block the bot",
		unblock: "Unblock",
		blocked: "You have blocked the bot: it cannot write to you.",
		edited: "edited",
		via: "via {bot}",
		you: "You",
		typing: "{bot} is typing…",
		start: "Start",
		empty: "No messages yet.",
		newer: "New messages",
		reply: "Reply",
		edit: "Edit",
		replying: "Reply to",
		editing: "Edit the message",
		cancel: "Cancel",
		copied: "Copied",
		ok: "OK",
		close: "Close",
		picture: "Picture",
		gone: "The message was deleted",
		hidden: "Hidden text, press to show",
		unfold: "Show all",
		fold: "Fold",
		inlineTitle: "In another chat",
		inlineHint: "In any chat one may write a question after the bot's name. The answer that you choose appears in this chat.",
		inlineQuery: "Question",
		searching: "The bot is answering…",
		nothing: "No answer.",
		linkTitle: "Open by a link",
		linkHint: "Whoever comes by a link from a website or a leaflet starts like this: the bot gets this mark.",
		linkPayload: "Mark",
		linkBad: "A mark has only Latin letters, digits, _ and -, at most sixty-four of them.",
		open: "Open",
		wrong: "That did not work: {why}",
		kinds: {
			voice: "Voice message", photo: "Photo", sticker: "Sticker", location: "Location",
			contact: "Contact", video: "Video",
		},
	},
};

// choose returns the language of ours that a tag means, or the other one.
export function choose(tag, other = "en") {
	const code = String(tag || "").toLowerCase().split("-")[0];
	return languages.includes(code) ? code : other;
}

export const speak = (lang) => words[choose(lang)];

// fill puts values in the places that a text names in braces.
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

// Maqta counts days in Almaty, wherever the reader is.
const zone = "Asia/Almaty";

const formats = {};
for (const [name, options] of Object.entries({
	time: { hour: "2-digit", minute: "2-digit" },
	day: { weekday: "short", day: "numeric", month: "long", year: "numeric" },
	parts: { weekday: "short", day: "numeric", month: "numeric", year: "numeric" },
})) {
	for (const lang of ["en", "ru"]) formats[lang + name] = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { timeZone: zone, ...options });
}

// Browsers that were built small cannot name Kazakh days and months, so the page
// does it itself.
const months = ["қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"];
const weekdays = { Mon: "дс", Tue: "сс", Wed: "ср", Thu: "бс", Fri: "жм", Sat: "сб", Sun: "жс" };

export const timeOf = (lang, ms) => formats[(lang === "ru" ? "ru" : "en") + "time"].format(ms);

export function dayOf(lang, ms) {
	if (lang !== "kk") return formats[lang + "day"].format(ms);
	const p = Object.fromEntries(formats.enparts.formatToParts(ms).map((part) => [part.type, part.value]));
	return `${weekdays[p.weekday]}, ${p.year} ж. ${p.day} ${months[p.month - 1]}`;
}

export const momentOf = (lang, ms) => dayOf(lang, ms) + ", " + timeOf(lang, ms);

const units = { en: ["bytes", "KB", "MB"], ru: ["Б", "КБ", "МБ"], kk: ["Б", "КБ", "МБ"] };

// sizeOf words the size of a file.
export function sizeOf(lang, bytes) {
	const step = bytes < 1024 ? 0 : bytes < 1024 * 1024 ? 1 : 2;
	const n = bytes / 1024 ** step;
	const digits = new Intl.NumberFormat(lang === "en" ? "en-GB" : "ru", { maximumFractionDigits: step && n < 10 ? 1 : 0 }).format(n);
	return digits + "\u00a0" + units[lang][step];
}
