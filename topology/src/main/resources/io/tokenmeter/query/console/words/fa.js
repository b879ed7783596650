export default {
  // The frame.
  skip: "پرش به محتوا", places: "جاها", language: "زبان", theme: "روشن یا تیره", leave: "خروج", again: "تلاش دوباره", close: "بستن",
  signIn: "ورود", token: "توکن", tokenHint: "توکن یک سازمان یا اپراتور. فقط در همین برگه می‌ماند.",
  refused: "این توکن اینجا چیزی را باز نمی‌کند.", refusedHint: "شاید ناقص رونوشت شده، عوض شده یا برای نصب دیگری ساخته شده است. توکنی وارد کنید که این نمونه بشناسد.",
  hintDemo: "یکی را همراه نشانی‌اش چاپ می‌کند:", hintToken: "برای سازمان یا اپراتور توکن می‌سازد:",
  notYours: "توکن شما این را باز نمی‌کند. به آغاز بروید یا با توکن دیگری وارد شوید.",
  away: "این نمونه پاسخ نمی‌دهد.", awayHint: "شاید در حال آغاز یا جابه‌جایی کار است. چند ثانیهٔ دیگر دوباره تلاش کنید.",
  stale: "این ارقام تازه‌ترین نیستند:", none: "هیچ.", all: "همه", others: "دیگران", asTable: "به شکل جدول", sortBy: "ترتیب بر پایهٔ",
  // An organisation.
  organisation: "سازمان", organisations: "سازمان‌ها", find: "یافتن سازمان", noMatch: "سازمانی با این نام نیست.",
  noOrganisations: "هنوز سازمانی نیست.", noOrganisationsHint: "به یکی اعتبار بدهید تا اینجا بیاید.",
  asOf: "تا زمان", sequence: "شمارهٔ ترتیب", balance: "مانده", outOfGranted: "از {n} داده‌شده", available: "در دسترس", heldNote: "{n} نگه‌داشته برای تماس‌های باز",
  burn: "هزینه در ساعت", lastHour: "در ساعت گذشته", runsOut: "پایان اعتبار", never: "با این نرخ تمام نمی‌شود", isOut: "چیزی نمانده است",
  calls: "تماس‌ها", mayCall: "مجاز به تماس", deniedUntil: "تا", debt: "بدهی", unit: "واحد",
  CREDITS_EXHAUSTED: "اعتبار تمام شد", CREDITS_HELD: "همهٔ اعتبار نگه‌داشته است", QUOTA_EXCEEDED: "سهمیه تمام شد",
  // Its balance.
  balanceOverTime: "مانده در طول زمان", recent: "هزینه‌های اخیر", untilEmpty: "تا پایان اعتبار", forecast: "پیش‌بینی با نرخ ساعت گذشته",
  level: "سطح", levels: "سطح هشدار", meets: "رسیدن به {level}", grant: "اعتبار", grants: "اعتبارها", left: "باقی‌مانده", outOf: "از {n}", expires: "انقضا", begins: "آغاز",
  balanceNote: "پس از هر یک از {n} هزینهٔ اخیر.", olderCharges: "هزینه‌های پیش‌تر در usage.billed هستند.", noGrants: "در هیچ اعتباری چیزی نمانده است.",
  kindPURCHASE: "خرید", kindPROMOTION: "تبلیغی", kindINCLUDED: "همراه طرح", kindGIFT: "هدیه", kindADJUSTMENT: "اصلاح",
  // Its usage.
  usage: "مصرف", byModel: "بر پایهٔ مدل", byType: "بر پایهٔ نوع هزینه", window: "بازه", last24: "۲۴ ساعت", last7: "۷ روز", last30: "۳۰ روز", last12: "۱۲ ماه",
  nothing: "در این بازه چیزی مصرف نشد.", nothingHint: "بازهٔ بلندتری برگزینید.", free: "رایگان", spent: "هزینه‌شده", share: "سهم", quantities: "مقدارهای حساب‌شده",
  from: "از", model: "مدل", type: "نوع هزینه", time: "زمان", amount: "مبلغ",
  // Its quotas.
  quotas: "سهمیه‌ها", noQuotas: "سهمیه‌ای تنظیم نشده است.", noQuotasHint: "اپراتور آن را با tokenmeter org --quota تنظیم می‌کند.", resets: "بازنشانی", ofLimit: "از {n}", usedUp: "تمام شد",
  eachLimit: "{n} برای هر یک",
  scope_project: "هر پروژه", scope_user: "هر کاربر", scope_api_key: "هر کلید", scope_model: "هر مدل",
  meter_total_tokens: "توکن", meter_input_tokens: "توکن ورودی", meter_output_tokens: "توکن خروجی", meter_requests: "درخواست", meter_images: "تصویر", meter_audio_seconds: "ثانیهٔ صدا",
  // Its charges.
  charge: "هزینه", charges: "هزینه‌ها", noCharges: "هنوز هزینه‌ای نیست.", noChargesHint: "نخستین هزینه تا یک ثانیه پس از تماسش اینجاست.", flags: "نشان‌ها", usageId: "شناسهٔ مصرف",
  occurred: "زمان رخداد", billedAt: "زمان ثبت", provider: "ارائه‌دهنده", caller: "تماس‌گیرنده", outcome: "نتیجه",
  raw: "رکوردهای خام", request: "درخواست", response: "پاسخ", partition: "پارتیشن", offset: "آفست", noRecords: "از رکورد خامی نیامده است.",
  measured: "آنچه اندازه گرفته شد", readings: "سنجه‌ها", meter: "سنجه", reported: "گزارش‌شده", counted: "شمرده‌شده", billed: "حساب‌شده", source: "مبنای حساب",
  source_REPORTED: "گزارش ارائه‌دهنده", source_TOKENIZED: "شمارش دقیق ما", source_ESTIMATED: "برآورد ما", providerTotal: "جمع ارائه‌دهنده: {n} توکن.",
  priced: "بهای آن", lines: "ردیف‌ها", book: "دفتر قیمت", entry: "مدخل قیمت", matched: "نام یافته", version: "نسخهٔ قیمت", noRule: "بی‌شرط", quantity: "مقدار", price: "قیمت", per: "به ازای {n}", noLines: "چیزی حساب نشد.",
  drawn: "پرداخت از", before: "ماندهٔ پیشین", after: "ماندهٔ پسین",
  // Events.
  events: "رویدادهای زنده", connecting: "در حال اتصال", live: "زنده", lost: "ارتباط قطع شد؛ تلاش دوباره", noEvents: "از آمدن شما رویدادی نبوده است.", noEventsHint: "ماندهٔ کم و پر شدن سهمیه همین‌جا نمایان می‌شود.",
  balanceEvent: "{balance} {unit} مانده، سطح {level}", quotaEvent: "{used} از {limit} مصرف شد، {share}",
  event_LOW_BALANCE: "مانده کم است", event_EXHAUSTED: "اعتبار تمام شد", event_DEBT_LIMIT: "سقف بدهی پر شد", event_RESTORED: "مانده بازگشت",
  event_WARNING: "سهمیه رو به پایان است", event_EXCEEDED: "سهمیه تمام شد", event_RESET: "سهمیه از نو آغاز شد",
  // The pipeline.
  allMayCall: "همه مجاز به تماس‌اند", deniedCount: "{n} سازمان مجاز نیست", unpriced: "در انتظار قیمت", modelCount: "مدل‌ها: {n}", usages: "مصرف‌ها",
  unpricedNote: "کنار گذاشته شده و با انتشار قیمت خودبه‌خود حساب می‌شود.", noneUnpriced: "همهٔ مدل‌ها قیمت دارند.",
  unmatched: "بدون نیمهٔ دیگر", factsNote: "دیده شد؛ پاسخ دیررس هم حساب می‌شود", rejected: "ردشده", recordsNote: "رکوردهای ناخوانا", noneRejected: "چیزی رد نشد.",
  why: "چرا", topic: "تاپیک", count: "شمار", lag: "تأخیر از تماس تا مانده", lagWithin: "تا", lagMost: "۹۹٪: {n}", mean: "میانگین {n}", longer: "بیشتر",
  pipelineNote: "شمارش همین نمونه از زمان آغاز؛ جمع نمونه‌ها با Prometheus است.",
  drift: "توکن گزارش‌شده در برابر شمرده‌شده", driftNote: "گزارش‌شده ÷ شمرده‌شده. ۱۰۰٪ یعنی برابر.", off: "انحراف", ratio: "نسبت", noDrift: "هنوز چیزی هم گزارش و هم شمرده نشده است.",
  rejected_UNREADABLE: "رکورد هیچ طرحی نیست", rejected_UNKNOWN_SCHEMA: "طرح ناشناخته", rejected_WRONG_TYPE: "رکوردی از نوع دیگر", rejected_MISSING_ID: "شناسه نیست",
  rejected_INVALID_ID: "شناسهٔ نادرست", rejected_INVALID_FIELD: "فیلد بیرون از محدوده", rejected_INVALID_QUANTITY: "مقدار بیرون از محدوده", rejected_UNKNOWN_METER: "سنجهٔ ناشناخته",
  rejected_UNKNOWN_DIALECT: "پروتکل ناشناخته", rejected_BROKEN_BODY: "بدنهٔ خراب", rejected_INVALID_COMMAND: "فرمان نادرست",
};
