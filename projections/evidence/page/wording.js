"use strict";
/* 文字 · How an entry is read: the same tables and rules by which the print is made, and nothing of the page. */
const wording = (words) => {
  const WEEKDAYS_ZH = ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"];
  const WEEKDAYS_EN = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const BEIJING_MINUTES = 8 * 60;
  const steering = new Set(words.steering);
  const order = Object.keys(words.fields);
  const names = new Map();

  // What an entry calls a member must never be mistaken for what JavaScript calls one.
  const own = (table, name) => (Object.prototype.hasOwnProperty.call(table, name) ? table[name] : undefined);

  /** The text with every steering character written out as its number. */
  function visible(text) {
    const written = (character) => character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    return Array.from(text, (each) => (steering.has(each.codePointAt(0)) ? `⟨U+${written(each)}⟩` : each)).join("");
  }

  function dayParts(date) {
    const [year, month, day, weekday] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), date.getUTCDay()];
    return [
      `${year}年${month + 1}月${day}日 ${WEEKDAYS_ZH[weekday]}`,
      `${WEEKDAYS_EN[weekday]} ${day} ${MONTHS[month]} ${year}`,
    ];
  }

  function dateOf(year, month, day, hour = 0, minute = 0, second = 0) {
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    date.setUTCHours(hour, minute, second);
    const read = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()];
    return year > 0 && [year, month, day, hour, minute, second].every((part, at) => part === read[at]) ? date : null;
  }

  function instantParts(text) {
    const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,6})?(?:Z|([+-])(\d\d):(\d\d))$/.exec(text);
    const date = found ? dateOf(...found.slice(1, 7).map(Number)) : null;
    if (date === null) return null;
    const offset = found[7] ? (found[7] === "-" ? -1 : 1) * (Number(found[8]) * 60 + Number(found[9])) : 0;
    date.setUTCMinutes(date.getUTCMinutes() - offset + BEIJING_MINUTES);
    const [zh, en] = dayParts(date);
    const time = date.toISOString().slice(-13, -5);
    return [`${zh} ${time}`, `${en}, ${time}`];
  }

  function instant(text) {
    const parts = instantParts(text);
    return parts === null ? visible(text) : parts.join(" · ");
  }

  function day(text) {
    const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
    const date = found ? dateOf(...found.slice(1).map(Number)) : null;
    return date === null ? visible(text) : dayParts(date).join(" · ");
  }

  function coded(code) {
    // A ruleset and a workflow are cited by version, RS-143/2, and named for all versions.
    const name = names.get(code) || names.get(code.split("/")[0]);
    return visible(name ? `${code} ${name}` : code);
  }

  function term(list, code) {
    const labels = own(own(words.lists, list) || {}, code);
    return labels === undefined || labels[0] === code ? visible(code) : labels.join(" ");
  }

  /** What an entry, if it is a registration, says that a code stands for. */
  function learn(entry) {
    const [code, zh, en] = own(words.named, entry.type) || ["", "", ""];
    const data = entry.data !== null && typeof entry.data === "object" ? entry.data : {};
    const [name, chinese, english] = [own(data, code), own(data, zh), own(data, en)];
    if (typeof name !== "string" || typeof chinese !== "string") return;
    names.set(name, typeof english === "string" ? `${chinese} ${english}` : chinese);
  }

  function plain(value) {
    if (value === true || value === false) return value ? "是 yes" : "否 no";
    return visible(spelt(value));
  }

  function spelt(value) {
    if (Array.isArray(value)) return `[${value.map(spelt).join(", ")}]`;
    if (value === null || typeof value !== "object") return JSON.stringify(value);
    return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}: ${spelt(value[name])}`).join(", ")}}`;
  }

  function objectLines(kind, value) {
    const texts = (...members) => members.map((name) => own(value, name)).filter((part) => typeof part === "string" && part);
    if (kind === "content") {
      const size = Number.isInteger(own(value, "size")) ? [`${value.size} bytes`] : [];
      const line = [...texts("name", "media_type").map(visible), ...size].join(" · ");
      return [line, `SHA-256 ${visible(String(own(value, "sha256")))}`];
    }
    if (kind === "passages") return [texts("locator", "reason", "basis").map(visible).join(" — ")];
    return [plain(value)];
  }

  function lines(kind, value) {
    if (Array.isArray(value)) return value.flatMap((member) => lines(kind, member));
    if (value !== null && typeof value === "object") return objectLines(kind, value);
    if (typeof value !== "string") return [plain(value)];
    if (kind === "code") return [coded(value)];
    if (kind === "day") return [day(value)];
    if (kind === "instant") return [instant(value)];
    if (own(own(words.lists, kind) || {}, value)) return [own(words.lists[kind], value).join(" ")];
    return visible(value).split("\n");
  }

  const isEmpty = (value) => value === null || value === "" || (typeof value === "object" && Object.keys(value).length === 0);

  /** Everything that an entry's data say, in the order in which it is read; empty members are left out. */
  function rows(entry) {
    const { data } = entry;
    if (data === undefined || data === null) return [];
    if (typeof data !== "object" || Array.isArray(data)) return [{ zh: "数据", en: "data", lines: [plain(data)] }];
    const known = order.filter((name) => own(data, name) !== undefined);
    const unknown = Object.keys(data).filter((name) => own(words.fields, name) === undefined).sort();
    return [...known, ...unknown].filter((name) => !isEmpty(data[name])).map((name) => {
      const [zh, en, kind] = own(words.fields, name) || [name, "", "text"];
      return { zh, en, lines: lines(own(words.kinds_by_type, `${entry.type} ${name}`) || kind, data[name]) };
    });
  }

  /** Who acted when, for whom and under which rules, as the entry's own members say. */
  function envelope(entry) {
    const found = [];
    const { actor } = entry;
    if (actor) found.push(["经办", "by", [coded(actor.officer), term("post", actor.post), coded(actor.unit)].join(" · ")]);
    found.push(["发生时间", "occurred at", instant(entry.occurred_at || entry.recorded_at)]);
    found.push(["记录时间", "recorded at", instant(entry.recorded_at)]);
    const cited = [["代表", "on behalf of", "on_behalf_of"], ["规则集", "under ruleset", "ruleset"], ["流程", "under workflow", "workflow"]];
    for (const [zh, en, member] of cited) if (entry[member]) found.push([zh, en, coded(entry[member])]);
    found.push(["序列", "stream", visible(`${entry.stream} #${entry.version}`)]);
    return found.map(([zh, en, line]) => ({ zh, en, lines: [line] }));
  }

  const eventLabel = (type) => term("event_type", type);
  const state = (code) => own(words.states, code) || [code, code];

  return { names, visible, instant, instantParts, learn, rows, envelope, eventLabel, state };
};
