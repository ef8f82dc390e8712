/* The reviewer's desk: a client of the control API below /_desk.
 *
 * Whatever a program sent is put on the page as text, never as markup, and what can't be seen in
 * it is written out. The address after # says what is open, so a link leads back to it.
 */

// ---------------------------------------------------------------- words: [English, Chinese]

const WORDS = {
  title: ["Reviewer's desk", "审核台"],
  skip: ["Skip to the content", "跳到正文"],
  views: ["Views", "视图"],
  list: ["List", "列表"],
  detail: ["Details", "详情"],
  signatures: ["Applications", "签名申请"],
  calls: ["Calls", "调用"],
  faults: ["Faults", "故障"],
  policy: ["Review", "审核方式"],
  policy_manual: ["by hand", "人工"],
  policy_immediate: ["approve at once", "立即通过"],
  policy_after: ["approve after {n} s", "{n} 秒后通过"],
  reset: ["Reset…", "重置…"],
  reset_title: ["Reset the sandbox?", "重置沙箱？"],
  reset_text: [
    "All applications, calls, files and faults are forgotten; switches and review go back to how the sandbox was started.",
    "所有申请、调用记录、文件和故障都会清空，开关与审核方式恢复为沙箱启动时的设置。",
  ],
  reset_yes: ["Reset", "重置"],
  cancel: ["Cancel", "取消"],
  close: ["Close", "关闭"],
  back: ["← Back to the list", "← 返回列表"],
  language: ["中文", "English"],
  live: ["live", "实时"],
  waiting: ["connecting", "连接中"],
  lost: ["no answer, reconnecting", "沙箱无响应，正在重连"],
  search: ["Text or id", "签名或编号"],
  vendor: ["Vendor", "厂商"],
  all_vendors: ["All vendors", "全部厂商"],
  all: ["All", "全部"],
  pending: ["In review", "审核中"],
  approved: ["Approved", "已通过"],
  rejected: ["Rejected", "已驳回"],
  other: ["Other", "其他"],
  show: ["Show", "筛选"],
  count: ["{n} shown", "共 {n} 条"],
  more_rows: ["{n} more: narrow the search", "另有 {n} 条，请缩小搜索范围"],
  nothing_yet: ["Nothing has been applied for yet. Point a stack at this sandbox:", "还没有申请。让一个 stack 使用这个沙箱："],
  nothing_found: ["Nothing matches.", "没有匹配的结果。"],
  no_calls: ["No vendor call has been received yet.", "还没有收到对厂商接口的调用。"],
  no_faults: ["No faults: every call gets its normal answer.", "没有故障，所有调用都得到正常应答。"],
  choose: ["Choose an application from the list.", "请从列表中选择一个申请。"],
  choose_call: ["Choose a call from the list.", "请从列表中选择一次调用。"],
  gone: ["This application is no longer at the desk.", "该申请已不在审核台。"],
  account: ["account {name}", "账号 {name}"],
  id: ["id {id}", "编号 {id}"],
  raw_status: ["status {code}", "状态值 {code}"],
  version: ["version {n}", "第 {n} 版"],
  approve: ["Approve", "通过"],
  reject: ["Reject…", "驳回…"],
  more: ["More…", "更多…"],
  picked: ["Select all ({n}/{all})", "全选（{n}/{all}）"],
  pick: ["Select {what}", "选择{what}"],
  approve_n: ["Approve {n}", "通过 {n} 条"],
  reject_n: ["Reject {n}…", "驳回 {n} 条…"],
  reject_several_title: ["Reject {n} applications?", "驳回 {n} 个申请？"],
  reject_several_text: ["All get the same reason: {names}", "以下申请将收到同一驳回理由：{names}"],
  reject_several_yes: ["Reject {n}", "驳回 {n} 条"],
  approve_rest_title: ["Approve the {n} in review, too?", "审核中的 {n} 个申请也一并通过？"],
  approve_rest_text: [
    "The new setting is for the applications to come. What is in review stays there until you decide.",
    "新的审核方式只对之后提交的申请生效，已在审核中的仍需由你决定。",
  ],
  approve_rest_yes: ["Approve {n}", "通过 {n} 条"],
  approve_rest_no: ["Leave them in review", "保持审核中"],
  and_more: [" and {n} more", "等，另有 {n} 条"],
  usual: ["Common reasons", "常用理由"],
  own_words: ["Your own words", "自行填写"],
  reason: ["Reason, as the applicant will read it", "驳回理由（申请人可见）"],
  reject_now: ["Reject", "驳回"],
  happens: ["What may happen later", "后续状态"],
  suspend: ["Suspend", "停用"],
  filing: ["Filing with the carriers", "运营商报备中"],
  filed: ["Filed", "报备完成"],
  filing_failed: ["Filing failed", "报备失败"],
  lapsed: ["Filing lapsed", "报备失效"],
  expelled: ["Expel the name", "清退"],
  carriers: ["Filing, carrier by carrier", "各运营商报备"],
  mobile: ["China Mobile", "中国移动"],
  unicom: ["China Unicom", "中国联通"],
  telecom: ["China Telecom", "中国电信"],
  carriers_default: ["by the clock", "按时间推进"],
  carriers_all: ["all three:", "全部设为："],
  qualification: ["Qualification (资质)", "资质"],
  qualification_id: ["Id", "资质编号"],
  qualification_state: ["State", "资质状态"],
  qualification_none: ["not set", "未设置"],
  attach: ["Attach", "关联"],
  any_status: ["Any status of the vendor", "直接设为厂商的某个状态"],
  status: ["Status", "状态"],
  words: ["Reason", "说明"],
  set: ["Set", "设置"],
  vanish: ["Remove from the account…", "从账号中删除…"],
  vanish_title: ["Remove it from the account?", "从账号中删除该签名？"],
  vanish_text: [
    "It is gone without a call, as if somebody had deleted it in the vendor's console.",
    "不经任何调用，如同有人在厂商控制台删除了它。",
  ],
  vanish_yes: ["Remove", "删除"],
  fields: ["Fields", "字段"],
  no_fields: ["None.", "无。"],
  evidence: ["Evidence", "证明文件"],
  not_kept: ["The file is not in memory any more.", "文件已不在内存中。"],
  no_picture: ["No picture: download", "非图片，点击下载"],
  open_file: ["{name}, in full", "查看 {name} 原图"],
  bytes: ["{n} bytes", "{n} 字节"],
  history: ["History", "历史"],
  did_submitted: ["submitted", "提交"],
  did_resubmitted: ["submitted again", "重新提交"],
  did_approved: ["approved", "通过"],
  did_rejected: ["rejected", "驳回"],
  did_pending: ["in review", "审核中"],
  did_objection: ["would be rejected by the vendor's own rules", "按厂商规则会被驳回"],
  did_changed: ["changed without a call", "未经调用被修改"],
  its_calls: ["Calls that name it", "涉及它的调用"],
  request: ["Request", "请求"],
  answer: ["Answer", "应答"],
  no_answer: ["None: the connection was cut.", "无：连接被中断。"],
  no_raw: ["Only the last calls are kept as they were.", "只保留最近若干次调用的原文。"],
  cut_at: ["… cut: {n} bytes in all", "……已截断，共 {n} 字节"],
  no_body: ["(no body)", "（无正文）"],
  fine: ["OK", "成功"],
  cut: ["cut off", "中断"],
  played: ["fault: {kind}", "故障：{kind}"],
  clear_calls: ["Clear the list", "清空"],
  clear_faults: ["Clear all", "全部清除"],
  take_out: ["Remove", "移除"],
  take_out_n: ["Remove fault {n}", "移除故障 {n}"],
  new_fault: ["Inject a fault", "注入故障"],
  new_fault_text: [
    "The next calls go wrong: see how your program and the people on duty cope.",
    "让接下来的调用出错，看看程序和值班的人如何应对。",
  ],
  kind: ["What happens", "现象"],
  kind_error: ["the vendor answers with an error", "厂商返回错误码"],
  kind_status: ["a bare HTTP status", "只有 HTTP 状态码"],
  kind_html: ["a web page instead of JSON", "返回网页而非 JSON"],
  kind_drop_before: ["cut before the vendor acts", "处理前断开"],
  kind_drop_after: ["cut after the vendor acted", "处理后断开"],
  kind_hang: ["silence, then a cut", "长时间无响应后断开"],
  kind_slow: ["the right answer, late", "应答迟到"],
  kind_empty: ["an empty answer", "空应答"],
  kind_truncated: ["half an answer", "应答被截断"],
  kind_missing: ["a key is missing", "应答缺少字段"],
  kind_unknown_fields: ["fields that nobody knows", "应答多出未知字段"],
  kind_body: ["an answer of your own", "自定义应答"],
  kind_verdict: ["a verdict just before the call", "调用前变更审核结果"],
  code: ["Error code", "错误码"],
  message: ["Error message", "错误信息"],
  http_status: ["HTTP status", "HTTP 状态码"],
  seconds: ["Seconds", "秒数"],
  key: ["Key (empty: the main one)", "字段（空：主要字段）"],
  body: ["Body", "正文"],
  action: ["Action", "接口"],
  any: ["any", "任意"],
  times: ["How many calls", "次数"],
  until_cleared: ["until removed", "直到移除"],
  skip_calls: ["Calls that succeed first", "先正常应答的次数"],
  probability: ["Probability per call, %", "每次概率（%）"],
  order: ["Inject", "注入"],
  left: ["{n} to come", "还剩 {n} 次"],
  left_all: ["all to come", "持续"],
  passing: ["after {n} more calls", "再正常应答 {n} 次之后"],
  chance: ["{n} % of them", "概率 {n}%"],
  said_new: ["{what}: new application", "{what}：新申请"],
  said_status: ["{what}: {status}", "{what}：{status}"],
  said_gone: ["{what}: gone", "{what}：已消失"],
  said_fault: ["Fault injected", "故障已注入"],
  own_use: ["own use", "自用"],
  for_others: ["for others", "他用"],
  company: ["company name", "企业名称"],
  website: ["website name", "网站名称"],
  app: ["app name", "App 名称"],
  official_account: ["official account", "公众号名称"],
  mini_program: ["mini-program", "小程序名称"],
  account_or_mini_program: ["official account or mini-program", "公众号或小程序名称"],
  shop: ["online shop", "电商店铺名称"],
  trademark: ["trademark", "商标名称"],
  organization: ["government office or institution", "政府机关或事业单位名称"],
  three_in_one: ["three-in-one licence", "三证合一"],
  business_licence: ["business licence", "营业执照"],
  organization_code: ["organization code certificate", "组织机构代码证书"],
  credit_code: ["social credit code certificate", "社会信用代码证书"],
  app_backend: ["screenshot of the app's back end", "应用后台截图"],
  icp_filing: ["screenshot of the ICP filing", "ICP 备案截图"],
  mini_program_settings: ["screenshot of the mini-program's settings", "小程序设置页截图"],
  trademark_certificate: ["trademark certificate", "商标注册证书"],
  account_settings: ["screenshot of the account's settings", "公众号设置页截图"],
  mainland: ["mainland China", "国内短信"],
  global: ["outside the mainland", "国际/港澳台短信"],
  verification: ["verification codes", "验证码"],
  notification: ["notifications", "通知"],
  promotion: ["promotion", "推广"],
  general: ["general", "通用"],
  supplement: ["papers to be added", "待补充"],
  changing: ["change in review", "变更审核中"],
  change_refused: ["change rejected", "变更未通过"],
  not_filed: ["not filed", "未报备"],
  to_be_verified: ["to be verified", "待验证"],
  not_in_effect: ["approved, not in effect yet", "已通过，尚未生效"],
  cancelled: ["cancelled", "已撤销"],
  qualification_in_review: ["qualification in review", "资质审核中"],
  processing: ["in processing", "处理中"],
  approved_filing: ["approved, filing with the carriers", "已通过，运营商报备中"],
  to_be_activated: ["to be activated", "待激活"],
  activating: ["being activated", "激活中"],
  queued: ["waiting for the review", "待审核"],
  disabled: ["disabled", "已禁用"],
  dedicated_channel: ["approved, dedicated channel applied for", "已通过，专用通道申请中"],
};

const LANGUAGES = ["en", "zh-CN"];
let language = chosenLanguage();

function chosenLanguage() {
  const wanted = [localStorage.getItem("smssign-language"), ...navigator.languages, navigator.language];
  const first = wanted.find((each) => /^(zh|en)/i.test(each || ""));
  return /^zh/i.test(first || "") ? 1 : 0;
}

function t(key, values = {}) {
  const word = WORDS[key];
  if (!word) return key;
  return word[language].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

// ---------------------------------------------------------------- text and nodes

// Controls, marks of direction, joiners and spaces without width, halves of pairs, separators.
const UNSEEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\udb40[\udc00-\udc7f]/g;

/** Write out what can't be seen in a text, or would change how what follows it is seen. */
function visible(text, lines = false) {
  return String(text).replace(UNSEEN, (each) => {
    if (lines && (each === "\n" || each === "\t")) return each;
    return `\\u{${each.codePointAt(0).toString(16).padStart(4, "0")}}`;
  });
}

/** Make an element; what is a text among its children stays one. */
function h(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children.flat(3).filter((each) => each !== null && each !== undefined && each !== false));
  return node;
}

const $ = (id) => document.getElementById(id);
const any = (text, lines) => h("bdi", {}, visible(text, lines));
const bracketed = (text) => `【${visible(text)}】`;
const pill = (is, text) => h("span", { class: "pill", "data-is": is }, text);

function moment(at, short = false) {
  const style = { hourCycle: "h23", timeStyle: "medium", ...(short ? {} : { dateStyle: "medium" }) };
  const date = new Date(at * 1000);
  const text = new Intl.DateTimeFormat(LANGUAGES[language], style).format(date);
  return h("time", { datetime: date.toISOString() }, text);
}

/** Put nodes into a place where something else is to be seen now; what had the focus keeps it. */
function show(place, key, build) {
  if (place.shown === key) return;
  place.shown = key;
  const mark = place.contains(document.activeElement) && document.activeElement.dataset.mark;
  place.replaceChildren(...[build()].flat(3).filter(Boolean));
  if (mark) place.querySelector(`[data-mark="${CSS.escape(mark)}"]`)?.focus({ preventScroll: true });
}

function labelled(key, control, tall = true) {
  return h("label", { class: tall ? "tall" : null }, h("span", {}, t(key)), control);
}

function options(pairs, chosen) {
  return pairs.map(([value, text]) => h("option", { value, selected: value === chosen }, text));
}

// ---------------------------------------------------------------- the control API

async function call(method, path, body) {
  const sent = body === undefined ? {} : { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(`/_desk${path}`, { method, ...sent });
  const document_ = await answer.json();
  if (!answer.ok) throw new Error(document_.error);
  return document_;
}

const pathOf = (vendor, id) => `/signatures/${vendor}/${id.split("/").map(encodeURIComponent).join("/")}`;

/** Do what a person asked for; what can't be done is told above the page. */
async function act(method, path, body) {
  try {
    const answer = await call(method, path, body);
    trouble("");
    await refresh();
    return answer;
  } catch (error) {
    trouble(error.message);
    return undefined;
  }
}

function trouble(message) {
  if (!message) return $("trouble").replaceChildren();
  const close = h("button", { type: "button", class: "plain", onclick: () => trouble("") }, t("close"));
  return $("trouble").replaceChildren(h("span", { class: "any" }, visible(message)), close);
}

function say(text) {
  $("news").replaceChildren(h("p", {}, text));
}

/** Ask in a dialog, which has the focus on its first field, or else on Cancel. */
function ask(name, values = {}, fields = []) {
  const dialog = $("ask");
  const kind = name === "approve_rest" ? "main" : "main danger";
  const no = h("button", { id: "ask-no", type: "button", onclick: () => dialog.close("") }, WORDS[`${name}_no`] ? t(`${name}_no`) : t("cancel"));
  const form = h("form", { onsubmit: (event) => (event.preventDefault(), dialog.close("yes")) },
    h("h2", { id: "ask-title" }, t(`${name}_title`, values)), h("p", { id: "ask-text", class: "any" }, t(`${name}_text`, values)), fields,
    h("div", { class: "buttons" }, h("button", { id: "ask-yes", class: kind }, t(`${name}_yes`, values)), no));
  dialog.replaceChildren(form);
  dialog.returnValue = "";
  dialog.showModal();
  (form.querySelector("select") ?? no).focus();
  return new Promise((answered) => (dialog.onclose = () => answered(dialog.returnValue === "yes")));
}

// ---------------------------------------------------------------- what is known

const MOST_ROWS = 300;
const desk = { vendors: {}, about: {}, signatures: null, calls: [], faults: [], files: new Set(), raw: new Map() };
const filters = { text: "", vendor: "", status: "" };
const picked = new Set(); // keys of applications whose box is ticked
let marks = {};
let stale = new Set(["signatures", "calls", "faults"]);
let running = null;

/** Ask for what is new, once at a time. */
async function refresh() {
  stale = new Set(["signatures", "calls", "faults"]);
  return look();
}

async function look() {
  running ??= (async () => {
    try {
      while (stale.size) {
        const now = stale;
        stale = new Set();
        await Promise.all([...now].map((each) => ASK[each]?.()));
        draw();
      }
    } finally {
      running = null;
    }
  })();
  return running;
}

const ASK = {
  async signatures() {
    const [found, files, about] = await Promise.all([call("GET", "/signatures"), call("GET", "/evidence"), call("GET", "/")]);
    tell(desk.signatures, found);
    Object.assign(desk, { signatures: found, files: new Set(files.map((each) => each.sha256)), about });
  },
  async calls() {
    desk.calls = (await call("GET", "/calls?last=200")).reverse();
  },
  async faults() {
    desk.faults = await call("GET", "/faults");
  },
};

/** Tell by voice what happened since the last look. */
function tell(before, now) {
  if (!before) return;
  const known = new Map(before.map((each) => [keyOf(each), each.status]));
  const news = [];
  for (const each of now) {
    const what = nameOf(each);
    const was = known.get(keyOf(each));
    if (was === undefined) news.push(t("said_new", { what }));
    else if (was !== each.status) news.push(t("said_status", { what, status: t(each.status) }));
    known.delete(keyOf(each));
  }
  const gone = before.filter((each) => known.has(keyOf(each)));
  news.push(...gone.map((each) => t("said_gone", { what: nameOf(each) })));
  if (news.length) say(short(news, "; "));
}

/** Join the first five; of the others it says how many there are. */
const short = (texts, comma) => texts.slice(0, 5).join(comma) + (texts.length > 5 ? t("and_more", { n: texts.length - 5 }) : "");

const keyOf = (signature) => `${signature.vendor}/${signature.id}`;
const nameOf = (signature) => `${titleOf(signature.vendor)} ${bracketed(signature.text)}`;
const titleOf = (vendor) => desk.vendors[vendor]?.[language ? "title" : "title_en"] ?? vendor;

function listen() {
  const events = new EventSource("/_desk/events");
  const state = (name) => {
    $("live").dataset.state = name;
    $("live-text").textContent = t(name);
  };
  state("waiting");
  events.onmessage = (event) => {
    state("live");
    const now = JSON.parse(event.data);
    for (const name of Object.keys(now)) if (now[name] !== marks[name]) stale.add(name);
    marks = now;
    look().catch((error) => trouble(error.message));
  };
  events.onerror = () => {
    state("lost");
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
    marks = {};
  };
}

// ---------------------------------------------------------------- what is open

function place() {
  const [view, ...rest] = location.hash.replace(/^#\/?/, "").split("/").map(decoded);
  if (view === "calls") return { view, n: Number(rest[0]) || 0, open: Boolean(rest[0]) };
  if (view === "faults") return { view, open: false };
  return { view: "signatures", vendor: rest[0], id: rest.slice(1).join("/"), open: Boolean(rest[0]) };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const linkTo = (signature) => `#/signatures/${encodeURIComponent(signature.vendor)}/${encodeURIComponent(signature.id)}`;

function draw() {
  const at = place();
  for (const link of $("views").children) {
    const isHere = link.getAttribute("href") === `#/${at.view}`;
    if (isHere) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  $("fault-count").hidden = !desk.faults.length;
  $("fault-count").textContent = desk.faults.length;
  $("main").dataset.open = at.open || at.view === "faults" ? String(at.open) : "false";
  if (at.view === "faults") $("main").dataset.open = "both";
  drawPolicy();
  ({ signatures: drawSignatures, calls: drawCalls, faults: drawFaults })[at.view](at);
}

function drawPolicy() {
  const policy = desk.about.review ?? "manual";
  show($("policy"), `${policy} ${language}`, () => {
    const known = ["manual", "immediate", "after:20", "after:120"];
    const text = (each) =>
      each.startsWith("after:") ? t("policy_after", { n: each.slice(6) }) : t(`policy_${each}`);
    const all = known.includes(policy) ? known : [...known, policy];
    return options(all.map((each) => [each, text(each)]), policy);
  });
  $("policy").value = policy;
}

// ---------------------------------------------------------------- applications

function drawSignatures(at) {
  const found = (desk.signatures ?? []).slice().sort((a, b) => b.submitted_at - a.submitted_at);
  drawList("signatures", signatureFilters, () => {
    const matching = found.filter((each) => matches(each));
    const rows = matching.slice(0, MOST_ROWS).map((each) => signatureRow(each, at));
    return { rows, shown: matching.length, empty: found.length ? t("nothing_found") : null, chips: chips(found), foot: found.length ? bulkFoot() : null };
  });
  const detail = $("detail");
  if (!at.open) return show(detail, `none ${language} ${!found.length}`, () => found.length && h("p", { class: "empty" }, t("choose")));
  const one = found.find((each) => each.vendor === at.vendor && each.id === at.id);
  if (!one) {
    if (!desk.signatures) return undefined;
    return show(detail, `gone ${language} ${location.hash}`, () => [backLink(), heading(t("gone"))]);
  }
  return drawSignature(detail, one);
}

function matches(signature, status = filters.status) {
  const wanted = filters.text.trim().toLowerCase();
  return (
    (!filters.vendor || filters.vendor === signature.vendor) &&
    (!status || status === signature.status) &&
    (!wanted || `${signature.text}\n${signature.id}`.toLowerCase().includes(wanted))
  );
}

function signatureFilters() {
  const again = () => draw();
  const vendors = [["", t("all_vendors")], ...Object.keys(desk.vendors).map((each) => [each, titleOf(each)])];
  return [
    h("label", {}, h("span", { class: "unseen" }, t("search")),
      h("input", { id: "search", type: "search", placeholder: t("search"), autocomplete: "off", value: filters.text,
        oninput: (event) => ((filters.text = event.target.value), again()) })),
    h("label", {}, h("span", { class: "unseen" }, t("vendor")),
      h("select", { id: "by-vendor", onchange: (event) => ((filters.vendor = event.target.value), again()) },
        options(vendors, filters.vendor))),
  ];
}

function chips(found) {
  const button = (status, text) => {
    const n = found.filter((each) => matches(each, status)).length;
    return h("button", { type: "button", "data-mark": `chip-${status}`, "aria-pressed": String(filters.status === status),
      onclick: () => ((filters.status = status), draw()) }, `${text} ${n}`);
  };
  const isThere = (status) => status === filters.status || found.some((each) => each.status === status);
  const rest = ["pending", "approved", "rejected", "other"].filter(isThere).map((each) => button(each, t(each)));
  return h("div", { class: "chips", role: "group", "aria-label": t("show") }, button("", t("all")), rest);
}

const waiting = () => (desk.signatures ?? []).filter((each) => each.status === "pending" && matches(each));
const chosen = () => waiting().filter((each) => picked.has(keyOf(each)));

/** A box that picks applications in review, which are looked up when it is ticked. */
function pickBox(mark, signatures, isOn, attributes) {
  const box = h("input", { type: "checkbox", "data-mark": mark, checked: isOn, ...attributes, onchange: () => {
    for (const each of signatures()) picked[box.checked ? "add" : "delete"](keyOf(each));
    draw();
  } });
  return box;
}

/** What is picked of the applications in review that the filters show, and what may be done. */
function bulkFoot() {
  const [n, all] = [chosen().length, waiting().length];
  for (const each of desk.signatures ?? []) if (each.status !== "pending") picked.delete(keyOf(each));
  const box = pickBox("pick-all", waiting, n > 0 && n === all, { disabled: !all });
  box.indeterminate = n > 0 && n < all;
  const button = (key, kind, onclick) => h("button", { type: "button", class: kind, "data-mark": key, disabled: !n, onclick }, t(key, { n }));
  return h("div", { class: "bulk" }, h("label", { class: "pick" }, box, h("span", {}, t("picked", { n, all }))),
    button("approve_n", "main", () => decide("approve", chosen())), button("reject_n", "danger", rejectSeveral));
}

/** Give one verdict to several; the focus goes where more may be picked. */
async function decide(verdict, signatures, more = {}) {
  const keys = signatures.map(({ vendor, id }) => ({ vendor, id }));
  await act("POST", `/signatures/${verdict}`, { signatures: keys, ...more });
  ($("list").querySelector('[data-mark="pick-all"]:enabled') ?? $("main")).focus();
}

async function rejectSeveral() {
  const signatures = chosen();
  const { fields, words } = reasonFields("several-", signatures.map((each) => each.vendor));
  const values = { n: signatures.length, names: short(signatures.map(nameOf), language ? "、" : ", ") };
  if (await ask("reject_several", values, fields)) await decide("reject", signatures, { reason: words.value });
}

function signatureRow(signature, at) {
  const isOpen = signature.vendor === at.vendor && signature.id === at.id;
  const key = keyOf(signature);
  const box = () => h("label", { class: "pick" }, pickBox(`pick-${key}`, () => [signature], picked.has(key), { "aria-label": t("pick", { what: nameOf(signature) }) }));
  return h("li", { class: "picks" }, signature.status === "pending" ? box() : null, h("a", { href: linkTo(signature), "data-mark": keyOf(signature), "aria-current": isOpen ? "true" : null },
    h("span", { class: "name text" }, any(bracketed(signature.text))),
    h("span", { class: "end" }, pill(signature.status, t(signature.status))),
    h("span", { class: "what" }, titleOf(signature.vendor), signature.id === signature.text ? "" : " · ",
      signature.id === signature.text ? "" : any(signature.id)),
    moment(signature.submitted_at, true)));
}

/** Draw a list with its filters, which stay while somebody uses them. */
function drawList(view, heads, build) {
  const list = $("list");
  const built = build();
  if (list.view !== `${view} ${language}`) {
    list.view = `${view} ${language}`;
    const parts = { chips: h("div", { class: "chips" }), rows: h("div", { class: "rows" }), foot: h("div", { class: "foot" }) };
    list.parts = parts;
    const head = heads ? h("div", { class: "filters" }, heads(), parts.chips) : null;
    list.replaceChildren(...[head, parts.rows, parts.foot].filter(Boolean));
  }
  const { chips: chipsAt, rows, foot } = list.parts;
  show(chipsAt, built.chips?.textContent + filters.status, () => [built.chips]);
  const key = built.rows.map((each) => each.outerHTML).join("");
  show(rows, `${key}${built.empty}`, () => {
    if (built.rows.length) return h("ul", {}, built.rows);
    if (built.empty) return h("p", { class: "empty" }, built.empty);
    return h("p", { class: "empty" }, t("nothing_yet"), h("code", {}, `pulumi config set smssign:sandbox ${location.origin}`));
  });
  const extra = built.shown - built.rows.length;
  const counted = extra > 0 ? t("more_rows", { n: extra }) : t("count", { n: built.shown });
  const isCounted = !built.chips || extra > 0; // the chips have the numbers
  show(foot, counted + built.foot?.textContent, () => [isCounted && h("span", {}, counted), built.foot]);
}

const backLink = () => h("a", { class: "back", href: `#/${place().view}` }, t("back"));
const heading = (...children) => h("h2", { tabindex: "-1" }, children);
const textHeading = (text) => h("h2", { tabindex: "-1", class: "text" }, any(bracketed(text)));

function drawSignature(detail, one) {
  const frame = `${keyOf(one)} ${language}`;
  if (detail.shown !== frame) {
    const parts = {};
    for (const name of ["head", "fields", "papers", "history", "calls"]) parts[name] = h("div", { class: name === "head" ? null : "part" });
    show(detail, frame, () => [backLink(), parts.head, deck(one), parts.papers, parts.fields, parts.history, parts.calls]);
    detail.parts = parts;
    detail.scrollTop = 0;
  }
  const { head, fields, papers, history, calls } = detail.parts;
  const json = (value) => JSON.stringify(value);
  show(head, json([one.text, one.status, one.vendor_status, one.reason, one.submissions, one.submitted_at, one.account]), () => signatureHead(one));
  show(fields, json(one.fields), () => [h("h3", {}, t("fields")), fieldList(one)]);
  const kept = Object.values(one.evidence).map((each) => desk.files.has(each.sha256));
  papers.hidden = !kept.length;
  show(papers, json([one.evidence, kept]), () => [h("h3", {}, t("evidence")), h("div", { class: "papers" }, Object.entries(one.evidence).map(paper))]);
  show(history, json(one.history), () => [h("h3", {}, t("history")), h("ol", { class: "history" }, one.history.toReversed().map((each) => event(one.vendor, each)))]);
  const about = desk.calls.filter((each) => each.vendor === one.vendor && names(each.fields, one)).slice(0, 10);
  calls.hidden = !about.length;
  show(calls, json(about.map((each) => each.n)), () => [h("h3", {}, t("its_calls")), about.map(callDetails)]);
  return undefined;
}

function signatureHead(one) {
  return [
    h("div", { class: "head" }, textHeading(one.text), pill(one.status, t(one.status))),
    h("p", { class: "facts" }, [
      h("span", {}, titleOf(one.vendor)),
      h("span", {}, any(t("account", { name: one.account }))),
      h("span", {}, any(t("id", { id: one.id }))),
      h("span", {}, any(t("raw_status", { code: meant(one.vendor, "status", one.vendor_status) }))),
      one.submissions > 1 ? h("span", {}, t("version", { n: one.submissions })) : null,
      h("span", {}, moment(one.submitted_at)),
    ]),
    one.reason ? h("p", { class: "words any", "data-is": one.status }, visible(one.reason, true)) : null,
  ];
}

/** Write a code with its meaning, where the vendor's pages tell one. */
function meant(vendor, name, value) {
  const own = (table, key) => (table && Object.hasOwn(table, key) ? table[key] : undefined);
  const table = own(desk.vendors[vendor]?.meanings, name);
  if (table && value !== null && typeof value === "object" && !Array.isArray(value))
    return Object.entries(value).map(([key, each]) => `${t(key)}: ${meant(vendor, name, each)}`).join("\n");
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 1);
  const meaning = own(table, String(value));
  return meaning ? `${text} · ${t(meaning)}` : text;
}

function fieldList({ vendor, fields }) {
  const entries = Object.entries(fields);
  if (!entries.length) return h("p", { class: "soft" }, t("no_fields"));
  return h("dl", { class: "fields" }, entries.map(([name, value]) => [h("dt", {}, any(name)), h("dd", {}, any(meant(vendor, name, value), true))]));
}

function paper([name, file]) {
  const source = `/_desk/evidence/${encodeURIComponent(file.sha256)}`;
  const label = t("open_file", { name });
  let view = h("span", { class: "view" }, t("not_kept"));
  if (desk.files.has(file.sha256) && file.media_type.startsWith("image/")) {
    view = h("a", { class: "view", href: source, target: "_blank", rel: "noopener", "aria-label": label }, h("img", { src: source, alt: name }));
  } else if (desk.files.has(file.sha256)) {
    view = h("a", { class: "view", href: source, download: "evidence" }, t("no_picture"));
  }
  const size = new Intl.NumberFormat(LANGUAGES[language]).format(file.size);
  return h("figure", {}, view, h("figcaption", {}, h("b", {}, any(name)), h("br"),
    `${file.media_type}, ${t("bytes", { n: size })}`, h("br"), h("span", { class: "code" }, `${file.sha256.slice(0, 16)}…`)));
}

function event(vendor, each) {
  const status = /^status (.+)$/s.exec(each.what);
  const word = status ? t("raw_status", { code: meant(vendor, "status", status[1]) }) : WORDS[`did_${each.what}`] ? t(`did_${each.what}`) : each.what;
  return h("li", {}, moment(each.at), h("span", {}, any(word), each.reason ? [": ", any(each.reason)] : null));
}

/** Tell whether one of a call's values is the text or the id of a signature. */
function names(value, one) {
  if (value === null || typeof value !== "object") return [one.text, one.id, `【${one.text}】`].includes(String(value));
  return Object.values(value).some((each) => names(each, one));
}

// ---------------------------------------------------------------- what a reviewer does

function deck(one) {
  const path = pathOf(one.vendor, one.id);
  const vendor = desk.vendors[one.vendor];
  const rejection = rejectForm(one, path);
  const more = moreOf(one, path, vendor);
  const opens = (key, form, focus) => {
    const button = h("button", { type: "button", "aria-expanded": "false", "data-mark": key, class: key === "reject" ? "danger" : null }, t(key));
    button.onclick = () => {
      form.hidden = !form.hidden;
      button.setAttribute("aria-expanded", String(!form.hidden));
      if (!form.hidden && focus) form.querySelector(focus).focus();
    };
    form.close = () => {
      form.hidden = true;
      button.setAttribute("aria-expanded", "false");
      button.focus();
    };
    return button;
  };
  return h("div", { class: "deck" },
    h("div", { class: "buttons" },
      h("button", { type: "button", class: "main", "data-mark": "approve", onclick: () => act("POST", `${path}/approve`) }, t("approve")),
      opens("reject", rejection, "select"),
      opens("more", more, null)),
    rejection, more);
}

/** The usual reasons of some vendors, and the words that are sent. */
function reasonFields(id, vendors) {
  const reasons = new Set(vendors.flatMap((each) => desk.vendors[each].reasons).map((each) => each[language ? 0 : 1]));
  const words = h("textarea", { id: `${id}reason`, required: true, rows: "2", maxlength: "2000" });
  const usual = h("select", { id: `${id}usual` }, options([["", t("own_words")], ...[...reasons].map((each) => [each, each])], ""));
  usual.onchange = () => {
    words.value = usual.value;
  };
  return { fields: [labelled("usual", usual), labelled("reason", words)], words };
}

function rejectForm(one, path) {
  const { fields, words } = reasonFields("", [one.vendor]);
  const form = h("form", { hidden: true }, fields,
    h("div", { class: "buttons" }, h("button", { class: "main danger" }, t("reject_now")),
      h("button", { type: "button", class: "plain", onclick: () => form.close() }, t("cancel"))));
  form.onsubmit = async (event) => {
    event.preventDefault();
    if (await act("POST", `${path}/reject`, { reason: words.value })) form.close();
  };
  return form;
}

function moreOf(one, path, vendor) {
  const block = (key, ...children) => h("div", {}, h("h4", {}, t(key)), h("div", { class: "line" }, children));
  const deeds = Object.entries(vendor.deeds).map(([deed, shown]) =>
    h("button", { type: "button", "data-mark": deed, onclick: () => act("POST", `${path}/status`, shown) }, t(deed)));
  const gone = h("button", { type: "button", class: "danger", "data-mark": "vanish", onclick: async () => {
    if (await ask("vanish")) await act("DELETE", path);
  } }, t("vanish"));
  return h("div", { class: "more", hidden: true },
    block("happens", deeds, gone),
    vendor.carriers ? carrierBlock(one, path, vendor) : null,
    vendor.qualification ? block("qualification", qualificationControls(one, path, vendor)) : null,
    block("any_status", statusControls(one.vendor, path, vendor.statuses)));
}

function carrierBlock(one, path, { carriers, meanings }) {
  const values = Object.entries(meanings[carriers.name]);
  const states = [["", t("carriers_default")], ...values.map(([value, word]) => [value, t(word)])];
  const now = one.fields[carriers.name] ?? {};
  const selects = carriers.names.map((name) => h("select", { id: `carrier-${name}` }, options(states, String(now[name] ?? ""))));
  const set = (values) => act("PATCH", path, { fields: { [carriers.name]: values } });
  const wanted = () => Object.fromEntries(carriers.names.map((name, n) => [name, selects[n].value]).filter(([, value]) => value).map(([name, value]) => [name, Number(value)]));
  const all = values.map(([value, word]) => h("button", { type: "button", "data-mark": word, onclick: () => {
    for (const select of selects) select.value = value;
    set(wanted());
  } }, t(word)));
  return h("div", {}, h("h4", {}, t("carriers")),
    h("div", { class: "line" }, carriers.names.map((name, n) => labelled(name, selects[n])),
      h("button", { type: "button", onclick: () => set(wanted()) }, t("set"))),
    h("div", { class: "line" }, h("span", { class: "soft" }, t("carriers_all")), all));
}

function qualificationControls(one, path, { qualification: attachable, meanings }) {
  const id = h("input", { id: "qualification", value: visible(one.fields[attachable.name] ?? ""), inputmode: attachable.is_number ? "numeric" : null });
  const states = [["", t("qualification_none")], ...(meanings[attachable.state_field] ?? []).map((name, n) => [String(n), t(name)])];
  const state = h("select", { id: "qualification-state" }, options(states, String(one.fields[attachable.state_field] ?? "")));
  const attach = () => {
    const fields = { [attachable.name]: attachable.is_number ? Number(id.value) : id.value };
    if (state.value) fields[attachable.state_field] = Number(state.value);
    act("PATCH", path, { fields });
  };
  return [
    labelled("qualification_id", id),
    attachable.state_field ? labelled("qualification_state", state) : null,
    h("button", { type: "button", "data-mark": "attach", onclick: attach }, t("attach")),
  ];
}

/** A status with its own meaning, or else with what all vendors' statuses come to. */
function statusLabel(vendor, raw, status) {
  const label = meant(vendor, "status", raw);
  return label === raw ? `${raw} · ${t(status)}` : label;
}

function statusControls(vendor, path, statuses) {
  const status = h("select", { id: "raw-status" }, options(Object.entries(statuses).map(([raw, status]) => [raw, statusLabel(vendor, raw, status)]), ""));
  const words = h("input", { id: "raw-reason", maxlength: "2000" });
  return [
    labelled("status", status),
    labelled("words", words),
    h("button", { type: "button", onclick: () => act("POST", `${path}/status`, { vendor_status: status.value, reason: words.value }) }, t("set")),
  ];
}

// ---------------------------------------------------------------- calls

function outcome(each) {
  if (!each.http_status) return pill("wrong", t("cut"));
  if (each.code || each.http_status >= 400) return pill("wrong", any(each.code || String(each.http_status)));
  return pill("fine", t("fine"));
}

function drawCalls(at) {
  const forget = h("button", { type: "button", class: "plain", "data-mark": "forget", onclick: () => act("DELETE", "/calls") }, t("clear_calls"));
  drawList("calls", null, () => ({
    rows: desk.calls.map((each) => h("li", {}, h("a", { href: `#/calls/${each.n}`, "data-mark": `call-${each.n}`, "aria-current": each.n === at.n ? "true" : null },
      h("span", { class: "name" }, any(each.action || "?")),
      h("span", { class: "end" }, outcome(each)),
      h("span", { class: "what" }, titleOf(each.vendor), each.account ? [" · ", any(each.account)] : "", each.fault ? ` · ${t("played", { kind: each.fault })}` : ""),
      moment(each.at, true)))),
    shown: desk.calls.length, empty: t("no_calls"), foot: desk.calls.length ? forget : null,
  }));
  const one = desk.calls.find((each) => each.n === at.n);
  show($("detail"), `call ${at.n} ${Boolean(one)} ${!desk.calls.length} ${language}`, () => {
    if (!one) return desk.calls.length && h("p", { class: "empty" }, t("choose_call"));
    const raw = h("div", { class: "part" });
    showRaw(raw, one);
    return [backLink(),
      h("div", { class: "head" }, heading(any(one.action || "?")), outcome(one)),
      h("p", { class: "facts" }, [titleOf(one.vendor), one.account ? t("account", { name: one.account }) : null, `HTTP ${one.http_status || t("cut")}`,
        one.fault ? t("played", { kind: one.fault }) : null].filter(Boolean).map((each) => h("span", {}, any(each))), h("span", {}, moment(one.at))),
      h("div", { class: "part" }, h("h3", {}, t("fields")), fieldList(one)), raw];
  });
}

function callDetails(one) {
  const raw = h("div", {});
  return h("details", { class: "call", ontoggle: (event) => event.target.open && showRaw(raw, one) },
    h("summary", {}, any(one.action || "?"), outcome(one), h("span", { class: "end" }, moment(one.at))), raw);
}

async function showRaw(place, one) {
  try {
    if (!desk.raw.has(one.n)) desk.raw.set(one.n, await call("GET", `/calls/${one.n}`));
    const { request, answer } = desk.raw.get(one.n);
    place.replaceChildren(h("h3", {}, t("request")), message(request),
      h("h3", {}, t("answer")), answer ? message(answer) : h("p", { class: "soft" }, t("no_answer")));
  } catch {
    place.replaceChildren(h("p", { class: "soft" }, t("no_raw")));
  }
}

function message(one) {
  const headers = Object.entries(one.headers).map(([name, value]) => `${name}: ${value}`).join("\n");
  const shown = new TextEncoder().encode(one.body).length;
  const cut = shown < one.size ? `\n${t("cut_at", { n: one.size })}` : "";
  return h("pre", { tabindex: "0" }, visible(`${one.start}\n${headers}\n\n`, true), one.size ? visible(one.body, true) : t("no_body"), cut);
}

// ---------------------------------------------------------------- faults

const TEXT = (value) => ({ type: "text", value });
const NUMBER = (value, min, max) => ({ type: "number", value, min, max, step: "any" });
const KINDS = {
  error: { code: { ...TEXT("InternalError"), required: true }, message: TEXT("Injected at the desk.") },
  status: { http_status: NUMBER("502", "200", "599") },
  html: {},
  drop_before: {},
  drop_after: {},
  hang: { seconds: NUMBER("60", "0", "3600") },
  slow: { seconds: NUMBER("3", "0", "3600") },
  empty: {},
  truncated: {},
  missing: { key: TEXT("") },
  unknown_fields: {},
  body: { body: TEXT("{}"), http_status: NUMBER("200", "200", "599") },
};

function drawFaults() {
  const clear = h("button", { type: "button", class: "plain", "data-mark": "clear", onclick: () => act("DELETE", "/faults") }, t("clear_faults"));
  drawList("faults", null, () => ({
    rows: desk.faults.map((each) => h("li", { class: "fault" }, h("span", {}, h("span", { class: "title" }, faultText(each)),
      h("span", { class: "soft" }, faultAim(each))),
      h("button", { type: "button", "data-mark": `fault-${each.n}`, "aria-label": t("take_out_n", { n: each.n }),
        onclick: () => act("DELETE", `/faults/${each.n}`) }, t("take_out")))),
    shown: desk.faults.length, empty: t("no_faults"), foot: desk.faults.length ? clear : null,
  }));
  show($("detail"), `faults ${language}`, () => [heading(t("new_fault")), h("p", { class: "soft" }, t("new_fault_text")), faultForm()]);
}

function faultText(each) {
  const name = WORDS[`kind_${each.kind}`] ? t(`kind_${each.kind}`) : each.kind;
  const more = [each.code, each.http_status, each.seconds && `${each.seconds} s`, each.verdict].filter(Boolean).join(", ");
  return any(more ? `${name} (${more})` : name);
}

function faultAim(each) {
  const vendor = each.vendor === "*" ? t("all_vendors") : titleOf(each.vendor);
  const parts = [vendor, each.action === "*" ? null : each.action, each.skip ? t("passing", { n: each.skip }) : null,
    each.times === null ? t("left_all") : t("left", { n: each.times }),
    each.probability < 1 ? t("chance", { n: Number((each.probability * 100).toPrecision(3)) }) : null];
  return any(parts.filter(Boolean).join(" · "));
}

function faultForm() {
  const kind = h("select", { id: "kind" }, options(Object.keys(KINDS).map((each) => [each, t(`kind_${each}`)]), "error"));
  const vendor = h("select", { id: "fault-vendor" }, options([["*", t("all_vendors")], ...Object.keys(desk.vendors).map((each) => [each, titleOf(each)])], "*"));
  const action = h("select", { id: "fault-action" });
  const times = h("input", { id: "times", type: "number", min: "1", value: "1", required: true });
  const always = h("input", { id: "always", type: "checkbox", onchange: () => (times.disabled = always.checked) });
  const skip = h("input", { id: "skip", type: "number", min: "0", value: "0", required: true });
  const chance = h("input", { id: "chance", type: "number", min: "0.1", max: "100", step: "any", value: "100", required: true });
  const own = h("div", { class: "grid wide" });
  const ownInputs = () => [...own.querySelectorAll("input")];
  kind.onchange = () => own.replaceChildren(...Object.entries(KINDS[kind.value]).map(([name, attributes]) => labelled(name, h("input", { name, ...attributes }))));
  vendor.onchange = () => action.replaceChildren(...options([["*", t("any")], ...(desk.vendors[vendor.value]?.actions ?? []).map((each) => [each, each])], "*"));
  kind.onchange();
  vendor.onchange();
  const form = h("form", {}, h("div", { class: "grid" },
    h("div", { class: "wide" }, labelled("kind", kind)), own, labelled("vendor", vendor), labelled("action", action),
    labelled("times", times), h("label", {}, always, h("span", {}, t("until_cleared"))), labelled("skip_calls", skip), labelled("probability", chance)),
    h("div", { class: "buttons" }, h("button", { class: "main", id: "order" }, t("order"))));
  form.onsubmit = async (event) => {
    event.preventDefault();
    const extra = Object.fromEntries(ownInputs().map((each) => [each.name, each.type === "number" ? Number(each.value) : each.value]));
    const order = { kind: kind.value, vendor: vendor.value, action: action.value, skip: Number(skip.value),
      times: always.checked ? null : Number(times.value), probability: Number(chance.value) / 100, ...extra };
    if (await act("POST", "/faults", order)) say(t("said_fault"));
  };
  return h("div", { class: "deck" }, form);
}

// ---------------------------------------------------------------- the page itself

function translate() {
  document.documentElement.lang = LANGUAGES[language];
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", t(node.dataset.label));
  document.title = `${t("title")} · smssign sandbox`;
  $("language").textContent = t("language");
  $("language").lang = LANGUAGES[1 - language];
  $("live-text").textContent = t($("live").dataset.state);
}

async function begin() {
  translate();
  desk.vendors = await call("GET", "/vendors");
  $("policy").onchange = async (event) => {
    const policy = event.target.value;
    if (!(await act("POST", "/review", { policy })) || policy === "manual") return;
    const rest = desk.signatures.filter((each) => each.status === "pending");
    if (rest.length && (await ask("approve_rest", { n: rest.length }))) await decide("approve", rest);
  };
  $("reset").onclick = async () => {
    if (await ask("reset")) await act("POST", "/reset");
  };
  $("language").onclick = () => {
    language = 1 - language;
    localStorage.setItem("smssign-language", LANGUAGES[language]);
    translate();
    draw();
  };
  addEventListener("hashchange", () => {
    draw();
    const at = place();
    const target = at.open ? $("detail").querySelector("h2") : null;
    (target ?? $("main")).focus({ preventScroll: true });
  });
  await refresh();
  listen();
}

begin().catch((error) => trouble(error.message));
