"use strict";
/* 显示 · The page: runs the checks over the inlined data and tells what they found. Only text is ever put in. */
(() => {
  const SLICE_MS = 100;
  const SHOWN_AT_ONCE = 100;
  const READ_AT_ONCE = 1 << 22;
  const LATE_MS = 5 * 60 * 1000;

  const given = JSON.parse(document.getElementById("package").textContent);
  const entries = Array.from(document.querySelectorAll("script.entries")).flatMap((block) => JSON.parse(block.textContent));
  const say = wording(given.words);
  const byPosition = new Map(entries.map((entry) => [entry.position, entry]));
  const utf8 = new TextEncoder();
  const sha256 = (text) => checks.hex(noble.sha256(utf8.encode(text)));
  const found = { faults: [], compared: new Map(), checkpoint: null, stamps: [], pinned: null };

  // ------------------------------------------------------------------ building

  function el(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes || {})) {
      if (typeof value === "function") element.addEventListener(attribute, value);
      else if (value !== null && value !== undefined) element.setAttribute(attribute, value);
    }
    element.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return element;
  }

  const both = (zh, en, name = "span") => el(name, {}, zh, " ", el("span", { lang: "en" }, en));
  const chip = (mood, zh, en) => el("span", { class: `state ${mood}` }, zh, " ", el("span", { lang: "en" }, en));
  const good = (zh, en) => chip("good", `✓ ${zh}`, en);
  const bad = (zh = "未通过", en = "FAILED") => chip("bad", `✗ ${zh}`, en);
  const wait = (zh, en) => chip("wait", `○ ${zh}`, en);
  const fill = (id, ...children) => document.getElementById(id).replaceChildren(...children.flat());
  const button = (zh, en, click) => el("button", { type: "button", click }, zh, " ", el("span", { lang: "en" }, en));

  function list(rows) {
    const value = (line) => (/^(?:SHA-256 )?[0-9a-f]{64}$/.test(line) ? el("span", { class: "hash" }, line) : line);
    const joined = (lines) => lines.flatMap((line, at) => (at ? ["\n", value(line)] : [value(line)]));
    return el("dl", {}, rows.flatMap(({ zh, en, lines }) => [both(zh, en, "dt"), el("dd", {}, joined(lines))]));
  }

  const row = (zh, en, ...lines) => ({ zh, en, lines });
  const utc = (seconds) => say.instant(new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, "Z"));
  const breath = () => new Promise((resolve) => { setTimeout(resolve, 0); });

  // ------------------------------------------------------------------ checking

  function fault(problem, entry = null) {
    const known = problem instanceof checks.Fault ? problem : new checks.Fault(null, "无法读取", "cannot be read", problem.message);
    found.faults.push(known);
    if (entry !== null) entry.faults.push(known);
  }

  function tried(check, entry = null) {
    try {
      return check();
    } catch (problem) {
      fault(problem, entry);
      return null;
    }
  }

  async function verify() {
    const began = performance.now();
    Object.assign(found, { faults: [], stamps: [] });
    tell("checking", "正在核验", "Verifying…", "");
    await breath();
    found.checkpoint = tried(() => checks.checkCheckpoint(given.checkpoint, given.policy, changesOfKeys()));
    tried(checkTree);
    await checkEntries();
    tried(checkListed);
    given.personal.forEach((value) => tried(() => checkDisclosed(value), byPosition.get(value.position)));
    if (found.checkpoint) given.stamps.forEach((stamp) => tried(() => found.stamps.push({ ...checks.checkStamp(stamp, found.checkpoint), path: stamp.path })));
    compareFiles();
    document.documentElement.dataset.tookMs = String(Math.round(performance.now() - began));
    showAll();
  }

  /** The statements by which the log's keys vouch for one another, in the order of their entries. */
  function changesOfKeys() {
    return entries.filter(({ entry }) => entry.includes("log/keys"))
      .map(({ position, entry }) => ({ position, ...JSON.parse(entry) }))
      .filter(({ stream }) => stream === "log/keys")
      .sort((one, other) => one.position - other.position)
      .map(({ position, data }) => ({ position, statement: data.statement }));
  }

  /** Whether a key that the reader holds is the one that signed, or leads to it by the log's changes of keys. */
  function isTheLogs(text) {
    try {
      return checks.vouched(changesOfKeys(), [checks.parseKey(text)]).some((key) => key.text === found.checkpoint.log.text);
    } catch {
      return false;
    }
  }

  function checkTree() {
    const { log } = given;
    const at = found.checkpoint;
    if (at && (log.origin !== at.origin || log.size !== at.size || log.root !== checks.hex(at.root))) {
      throw new checks.Fault(null, "本页所述与检查点不符", "what this page states is not what the checkpoint says",
        `${log.origin} ${log.size} ${log.root}`, `${at.origin} ${at.size} ${checks.hex(at.root)}`);
    }
    for (const position of [...given.positions, ...given.registrations]) {
      if (!byPosition.has(position)) throw new checks.Fault(position, "所列记录不在本页", "a listed entry is missing", "-", position);
    }
    if (byPosition.size !== entries.length || entries.length !== given.positions.length + given.registrations.length) {
      throw new checks.Fault(null, "记录数与清单不符", "the number of entries is not the one listed", entries.length);
    }
  }

  async function checkEntries() {
    const tree = found.checkpoint ? new checks.Tree(found.checkpoint.size, found.checkpoint.root) : null;
    let since = performance.now();
    for (const [at, entry] of entries.entries()) {
      Object.assign(entry, { faults: [], members: null, leaf: null });
      if (tree) entry.leaf = tried(() => tree.check(entry.position, entry.entry, entry.path), entry);
      entry.members = tried(() => JSON.parse(entry.entry), entry);
      if (entry.leaf && entry.members) say.learn(entry.members);
      if (entry.members) tried(() => checkCited(entry), entry);
      if (performance.now() - since > SLICE_MS) {
        tell("checking", "正在核验", "Verifying…", `${at + 1} / ${entries.length}`);
        await breath();
        since = performance.now();
      }
    }
  }

  const listedContents = new Map(given.contents.map((content) => [content.sha256, content]));

  function checkCited({ position, members }) {
    for (const digest of checks.cited(members.data)) {
      if (!listedContents.has(digest)) {
        throw new checks.Fault(position, "所引内容未列入清单", "a content it cites is not listed", digest);
      }
    }
  }

  function checkListed() {
    const citing = new Set(entries.flatMap(({ members }) => (members ? checks.cited(members.data) : [])));
    for (const { sha256: digest } of given.contents) {
      if (!citing.has(digest)) throw new checks.Fault(null, "所列内容没有记录引用", "a listed content is cited by no entry", digest);
    }
  }

  function checkDisclosed(value) {
    if (value.state !== "DISCLOSED") return;
    const entry = byPosition.get(value.position);
    checks.checkPersonal(value, entry ? entry.members : null);
    const { officer } = entry.members.data;
    if (value.field === "name" && typeof value.value === "string" && typeof officer === "string") say.names.set(officer, value.value);
  }

  // ------------------------------------------------------------------ files the reader chooses

  /** What each file of the package must hash to; an entry's and a proof's follow from the data at hand. */
  function expectedFiles() {
    const files = new Map(given.files.map((file) => [file.path, { sha256: file.sha256, position: null }]));
    for (const { position, entry, path } of entries) {
      const name = String(position).padStart(9, "0");
      const proof = `c2sp.org/tlog-proof@v1\nindex ${position - 1}\n${path.map((hash) => `${hash}\n`).join("")}\n${given.checkpoint}`;
      files.set(`entries/${name}.json`, { sha256: sha256(entry), position });
      files.set(`proofs/${name}.tlog-proof`, { sha256: sha256(proof), position });
    }
    for (const content of given.contents) {
      if (content.path) files.set(content.path, { sha256: content.sha256, position: content.cited_by[0] });
    }
    return files;
  }

  async function hashOfFile(file) {
    const hasher = noble.sha256.create();
    for (let at = 0; at < file.size; at += READ_AT_ONCE) {
      hasher.update(new Uint8Array(await file.slice(at, at + READ_AT_ONCE).arrayBuffer()));
      await breath();
    }
    return checks.hex(hasher.digest());
  }

  async function compare(files) {
    const expected = expectedFiles();
    const byName = new Map([...expected.keys()].map((path) => [path.split("/").pop(), path]));
    for (const file of files) {
      const place = file.webkitRelativePath || file.name;
      const parts = place.split("/");
      const path = parts.map((_, at) => parts.slice(at).join("/")).find((each) => expected.has(each)) || byName.get(file.name) || null;
      const { sha256: expects, position } = path ? expected.get(path) : { sha256: null, position: null };
      found.compared.set(place, { path, position, expects, digest: await hashOfFile(file) });
    }
    await verify();
  }

  function compareFiles() {
    for (const [place, { path, digest, expects, position }] of found.compared) {
      if (path && digest !== expects) {
        fault(new checks.Fault(position, `文件 ${place} 与证据包不符`, `the file ${place} is not the one of this package`, digest, expects));
      }
    }
  }

  // ------------------------------------------------------------------ telling

  function tell(verdict, zh, en, sentence) {
    document.documentElement.dataset.verdict = verdict;
    const place = document.getElementById("verdict");
    place.querySelector(".sign").textContent = { verified: "✓", failed: "✗" }[verdict] || "…";
    place.querySelector(".word").replaceChildren(zh, " ", el("span", { lang: "en" }, en));
    place.querySelector(".sentence").textContent = sentence;
  }

  function tellVerdict() {
    if (found.faults.length) {
      const places = [...new Set(found.faults.map(({ position }) => position).filter((position) => position !== null))];
      const where = places.length ? `第 ${places.join("、")} 号记录 position ${places.join(", ")}\n` : "";
      const [first] = found.faults;
      tell("failed", "核验未通过", "FAILED", `${where}${first.zh}。 ${first.en}.`);
      return;
    }
    const { size, origin } = found.checkpoint;
    tell("verified", "核验通过", "VERIFIED",
      `本包 ${entries.length} 条记录，逐字节都在 ${say.visible(origin)} 所签的 ${size} 条记录之内，未经改动。\n` +
      `All ${entries.length} entries are, byte for byte, among the ${size} that the log has signed; none was changed.\n` +
      (found.pinned ? "签名公钥与您所持的一致，或由其作保。 It was signed with the key you hold, or with one that it vouched for."
        : "签名公钥取自本包，尚待与别处所得的比对，见下。 The key came from this package and is still to be compared with one from elsewhere, below."));
  }

  function faultOf({ position, zh, en, found: is, expected }) {
    const where = position === null ? [] : [el("p", {}, el("strong", {}, `第 ${position} 号记录 position ${position}`))];
    const detail = is || expected ? [el("p", { class: "hash" }, `发现 found: ${say.visible(is)}`), el("p", { class: "hash" }, `应为 expected: ${say.visible(expected)}`)] : [];
    return el("div", { class: "fault" }, where, both(`${zh}。`, `${en}.`, "p"), detail);
  }

  function showFacts() {
    const facts = [
      row("台账", "log", say.visible(given.log.origin)),
      row("记录数", "size", String(given.log.size)),
      row("根哈希", "root hash", given.log.root),
      row("制作时间", "made at", say.instant(given.made_at)),
      row("时间", "times", "北京时间 Beijing time (UTC+8)"),
    ];
    if (given.reference) facts.unshift(row("案由", "reference", say.visible(given.reference)));
    fill("facts", ...list(facts).childNodes);
  }

  function line(zh, en, state, ...told) {
    return el("tr", {}, el("td", {}, both(zh, en)), el("td", {}, state), el("td", {}, told.map((each) => (typeof each === "string" ? el("p", {}, each) : each))));
  }

  function showChecks() {
    const at = found.checkpoint;
    const failing = entries.filter((entry) => entry.faults.length);
    const general = found.faults.filter(({ position }) => position === null);
    const table = el("table", {}, el("tbody", {},
      line("检查点签名", "checkpoint signature", at ? good("有效", "good") : bad(), ...(at ? [at.log.text] : []), ...keyState()),
      line("见证", "witnesses", at ? witnessState(at) : bad(), ...(at ? at.cosigned.map(({ key, time }) => `${say.visible(key.name)} · ${utc(time)}`) : [])),
      line("记录及其位置", "entries and positions", failing.length || !at ? bad() : good("全部相符", "all match"), `${entries.length - failing.length} / ${entries.length}`),
      line("原始内容", "contents", contentsState(), el("a", { href: "#contents" }, both("选取文件比对哈希", "choose files to compare their hashes"))),
      line("个人信息", "personal values", personalState()),
      line("时间戳", "time stamps", given.stamps.length ? (found.stamps.length === given.stamps.length ? wait("部分核验", "partly checked") : bad()) : wait("没有", "none"),
        ...(given.stamps.length ? [both("所盖文本已核对；机构签名须用 verify.py 或 openssl 核验。", "What was stamped is compared; the authority's signature needs verify.py or openssl.", "p")] : [])),
    ));
    fill("checks", both("检查结果", "Checks", "h2"), table, general.map(faultOf), failing.flatMap((entry) => entry.faults).slice(0, 20).map(faultOf),
      found.faults.filter((each) => each.position !== null && !failing.some((entry) => entry.faults.includes(each))).map(faultOf),
      pin(), el("div", { class: "actions" }, button("重新核验", "Verify again", verify), button("打印", "Print", () => window.print())));
  }

  function keyState() {
    if (found.pinned === null) {
      return [el("p", { class: "note" }, both("公钥取自证据包本身，尚未与别处所得的公钥比对。", "The key came from this package and has been compared with nothing yet."))];
    }
    return [el("p", {}, found.pinned ? good("与所给公钥一致，或由其作保", "the key you hold, or vouched for by it") : bad("与所给公钥不一致", "NOT the key you hold"))];
  }

  function witnessState({ cosigned, quorum }) {
    if (quorum !== "none") return good("达到要求", "quorum met");
    return cosigned.length ? good("有会签", "cosigned") : wait("未要求", "none asked for");
  }

  function contentsState() {
    const enclosed = given.contents.filter(({ path }) => path);
    const done = enclosed.filter(({ path }) => [...found.compared.values()].some((each) => each.path === path && each.digest === each.expects));
    const wrong = [...found.compared.values()].some(({ path, digest, expects }) => path && digest !== expects);
    if (wrong) return bad();
    if (!enclosed.length) return wait("没有附件", "none enclosed");
    return done.length === enclosed.length ? good("全部相符", "all match") : wait(`已比对 ${done.length}/${enclosed.length}`, "compared");
  }

  function personalState() {
    const disclosed = given.personal.filter(({ state }) => state === "DISCLOSED");
    if (!disclosed.length) return wait("未披露", "none disclosed");
    return found.faults.some(({ en }) => en.startsWith("a disclosed value")) ? bad() : good("相符", "match");
  }

  /** Where the reader compares the log's key with one held from elsewhere. */
  function pin() {
    const held = el("textarea", { id: "held", rows: "2", spellcheck: "false", autocomplete: "off" });
    const look = () => {
      found.pinned = held.value.trim() ? Boolean(found.checkpoint) && isTheLogs(held.value.trim()) : null;
      found.faults = found.faults.filter((each) => !each.pin);
      if (found.pinned === false) {
        const wrong = new checks.Fault(null, "签名公钥不是所给公钥", "the log's key is not the one you hold", found.checkpoint ? found.checkpoint.log.text : "-", held.value.trim());
        found.faults.push(Object.assign(wrong, { pin: true }));
      }
      showAll();
      document.getElementById("held").value = held.value;
    };
    return el("div", { class: "pin" },
      el("label", { for: "held" }, both("从别处得到的台账公钥(公报、网站、见证单位)", "The log's key as you hold it from elsewhere (gazette, web site, witness)")), held,
      el("div", { class: "actions" }, button("比对公钥", "Compare the keys", look)));
  }

  function timeline(id, zh, en, positions) {
    const shown = el("ol", { class: "timeline" });
    const more = el("div", { class: "actions more" });
    const rest = positions.map((position) => byPosition.get(position)).filter(Boolean);
    const total = rest.length;
    const show = (count) => {
      shown.append(...rest.splice(0, count).map(card));
      const left = both(`其余 ${rest.length} 条`, `${rest.length} more`);
      more.replaceChildren(...(rest.length ? [left, button(`再显示 ${SHOWN_AT_ONCE} 条`, `Show ${SHOWN_AT_ONCE} more`, () => show(SHOWN_AT_ONCE)), button("全部显示", "Show all", () => show(rest.length))] : []));
    };
    // What failed is shown whatever its place.
    rest.sort((left, right) => Number(right.faults.length > 0) - Number(left.faults.length > 0) || 0);
    show(SHOWN_AT_ONCE);
    if (!total) return fill(id);
    return fill(id, both(`${zh}(${total}条)`, `${en} (${total})`, "h2"), shown, more);
  }

  function card(entry) {
    const { members, position, leaf, faults } = entry;
    const state = faults.length || !leaf ? bad() : good("已核验", "verified");
    if (!members) return el("li", { class: "failed", id: `p${position}` }, el("h3", {}, `第${position}号`), state, faults.map(faultOf), raw(entry));
    const [zh, en] = say.instantParts(members.occurred_at || members.recorded_at) || ["?", "?"];
    const late = Date.parse(members.recorded_at) - Date.parse(members.occurred_at || members.recorded_at) > LATE_MS;
    return el("li", { class: faults.length ? "failed" : null, id: `p${position}` },
      el("p", { class: "when" }, both(zh, en)),
      el("div", { class: "title" }, el("h3", {}, `第${position}号 ${say.eventLabel(members.type)}`), state, late ? chip("wait", "补录", "recorded later") : null),
      faults.map(faultOf),
      list([...say.envelope(members).filter((each) => each.en !== "occurred at"), ...say.rows(members)]), raw(entry));
  }

  function raw({ entry, path, leaf }) {
    const proof = [`leaf  ${leaf ? checks.hex(leaf) : "?"}`, ...path.map((hash, at) => `${String(at + 1).padStart(4)}  ${hash}`)].join("\n");
    return el("details", {}, el("summary", {}, both("原文与证明", "exact bytes and proof")), el("pre", {}, say.visible(entry)), el("pre", {}, proof));
  }

  // ------------------------------------------------------------------ contents, personal values, stamps, sources

  // A content that a browser would run is not linked, and nothing is linked that is no content's file.
  const RISKY = /\.(?:html?|svg|xhtml|xml|mht|mhtml|js|mjs|hta)$/;
  const CONTENT = /^contents\/[0-9a-f]{64}(?:\.[a-z0-9]{1,8})?$/;

  function showContents() {
    const compared = (path) => [...found.compared.values()].find((each) => each.path === path);
    const state = (content) => {
      const done = content.path ? compared(content.path) : null;
      if (done) return done.digest === done.expects ? good("哈希相符", "hash matches") : bad("哈希不符", "HASH DIFFERS");
      return content.path ? wait(...say.state(content.state)) : chip("wait", ...say.state(content.state));
    };
    const name = (content) => {
      const text = say.visible(content.name || content.path || "—");
      return content.path && CONTENT.test(content.path) && !RISKY.test(content.path) ? el("a", { href: content.path, rel: "noopener noreferrer", target: "_blank" }, text) : text;
    };
    const cells = (content) => el("tr", {},
      el("td", {}, el("p", {}, name(content)), el("p", { class: "hash" }, content.sha256)),
      el("td", {}, [say.visible(content.media_type || ""), content.size === null ? "" : `${content.size} bytes`].filter(Boolean).join(" · ")),
      el("td", {}, el("span", { class: "narrow" }, both("引用记录", "cited by"), " "), content.cited_by.flatMap((position, at) => [at ? "、" : "", el("a", { href: `#p${position}` }, String(position))])),
      el("td", {}, state(content)));
    const head = el("thead", {}, el("tr", {}, ["内容 content", "类型与大小 type and size", "引用记录 cited by", "状态 state"].map((text) => el("th", { scope: "col" }, text))));
    const table = given.contents.length ? el("table", {}, head, el("tbody", {}, given.contents.map(cells))) : both("所选记录未引用内容。", "The entries cite no contents.", "p");
    const others = [...found.compared].filter(([, { path }]) => !given.contents.some((content) => content.path === path && path));
    fill("contents", both(`原始内容(${given.contents.length}份)`, `Contents (${given.contents.length})`, "h2"), table, drop(), others.map(([place, each]) => outcome(place, each)));
  }

  function outcome(place, { path, digest, expects }) {
    const same = given.contents.find((content) => content.sha256 === digest);
    const state = path ? (digest === expects ? good("相符", "matches") : bad("不符", "DIFFERS")) : same ? good("即所引内容", "is a cited content") : wait("不在本页所列之内", "not among what this page lists");
    return el("p", {}, state, " ", say.visible(place), " ", el("span", { class: "hash" }, digest));
  }

  function drop() {
    const chosen = ({ target }) => compare(Array.from(target.files));
    const place = el("div", { class: "drop" },
      both("把证据包里的文件(可多选)拖到这里，或者选取，以比对哈希；文件不会离开本机。", "Drop files of the package here, or choose them, to compare their hashes. Nothing leaves this computer.", "p"),
      el("div", { class: "actions" },
        el("label", { class: "choose" }, both("选取文件", "Choose files"), el("input", { type: "file", multiple: "", id: "files", change: chosen })),
        el("label", { class: "choose" }, both("选取解压后的文件夹", "Choose the unpacked folder"), el("input", { type: "file", webkitdirectory: "", multiple: "", id: "folder", change: chosen }))));
    const stop = (event, over) => { event.preventDefault(); place.classList.toggle("over", over); };
    place.addEventListener("dragover", (event) => stop(event, true));
    place.addEventListener("dragleave", (event) => stop(event, false));
    place.addEventListener("drop", (event) => { stop(event, false); compare(Array.from(event.dataTransfer.files)); });
    return place;
  }

  function showPersonal() {
    if (!given.personal.length) return fill("personal");
    const rows = given.personal.map((value) => {
      const lines = [`${say.visible(value.record)} · ${say.visible(value.field)}`, say.state(value.state).join(" ")];
      if (value.state === "DISCLOSED") lines.push(say.visible(typeof value.value === "string" ? value.value : JSON.stringify(value.value)));
      if (value.erased_at) lines.push(`删除记录 erased by position ${value.erased_at}`);
      const [zh, en] = value.position ? [`第${value.position}号`, `position ${value.position}`] : ["未披露", "not disclosed"];
      return row(zh, en, ...lines);
    });
    return fill("personal", both("个人信息", "Personal values", "h2"),
      both("记录里只有承诺值；以下各值仅供本案使用。", "The entries hold commitments only; these values are disclosed for this case.", "p"), list(rows));
  }

  function showStamps() {
    if (!found.stamps.length) return fill("stamps");
    const rows = found.stamps.map(({ size, time, path }) => row(`第1至${size}号`, `positions 1 to ${size}`, `此时已存在 existed by ${utc(time)}`, path));
    return fill("stamps", both("时间戳", "Time stamps", "h2"),
      both("所盖文本已与本检查点核对；机构的签名本页未核验。", "What was stamped is compared with this checkpoint; the authority's signature is not checked here.", "p"), list(rows));
  }

  function showSources() {
    fill("sources", both("检查点与信任策略", "Checkpoint and policy", "h2"), el("pre", {}, say.visible(given.checkpoint)), el("pre", {}, say.visible(given.policy)));
    const rows = given.files.map((file) => row(file.path, `${file.size} bytes`, file.sha256));
    document.getElementById("sources").append(el("details", {}, el("summary", {}, both("其他文件及其SHA-256", "other files and their SHA-256")), list(rows)));
    fill("foot", both("本页为证据的展示；有证明力的是记录原文、证明与签名的检查点。独立核验方法见 VERIFY.md。",
      "This page shows the evidence; what proves are the entries' bytes, the proofs and the signed checkpoint. VERIFY.md says how to check them without this page.", "p"));
  }

  function showAll() {
    showFacts();
    tellVerdict();
    showChecks();
    timeline("entries", "所选记录", "Chosen entries", given.positions);
    timeline("registrations", "所依据的登记", "Registrations they rely on", given.registrations);
    showContents();
    showPersonal();
    showStamps();
    showSources();
  }

  verify().catch((problem) => tell("failed", "核验未通过", "FAILED", String(problem)));
})();
