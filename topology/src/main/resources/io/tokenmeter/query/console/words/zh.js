export default {
  // The frame.
  skip: "跳到内容", places: "位置", language: "语言", theme: "浅色或深色", leave: "退出", again: "重试", close: "关闭",
  signIn: "登录", token: "令牌", tokenHint: "组织或运营方的令牌，只保存在此标签页中。",
  refused: "此令牌在这里无效。", refusedHint: "可能没有复制完整、已被更换，或属于另一套部署。请输入本实例认识的令牌。",
  hintDemo: "会打印令牌和地址：", hintToken: "为组织或运营方生成令牌：",
  notYours: "您的令牌无权查看此处。请回到首页，或用其他令牌登录。",
  away: "实例没有响应。", awayHint: "它可能正在启动或迁移。请几秒后重试。",
  stale: "这些数字不是最新的：", none: "无。", all: "合计", others: "其他", asTable: "以表格显示", sortBy: "排序",
  // An organisation.
  organisation: "组织", organisations: "组织", find: "查找组织", noMatch: "没有这个名称的组织。",
  noOrganisations: "还没有组织。", noOrganisationsHint: "授予额度后会出现在这里。",
  asOf: "截至", sequence: "序号", balance: "余额", outOfGranted: "共授予 {n}", available: "可用", heldNote: "为进行中的调用预留 {n}",
  burn: "每小时花费", lastHour: "最近一小时", runsOut: "预计用尽", never: "按此速度不会用尽", isOut: "已无余额",
  calls: "调用", mayCall: "可以调用", deniedUntil: "直到", debt: "欠款", unit: "单位",
  CREDITS_EXHAUSTED: "额度已用尽", CREDITS_HELD: "额度全部被预留", QUOTA_EXCEEDED: "配额已用完",
  // Its balance.
  balanceOverTime: "余额变化", recent: "最近费用", untilEmpty: "直到用尽", forecast: "按最近一小时速度预测",
  level: "警戒线", levels: "警戒线", meets: "到达 {level}", grant: "额度", grants: "额度", left: "剩余", outOf: "共 {n}", expires: "到期", begins: "生效",
  balanceNote: "最近 {n} 笔费用之后的余额。", olderCharges: "更早的在 usage.billed 中。", noGrants: "没有剩余额度。",
  kindPURCHASE: "购买", kindPROMOTION: "促销", kindINCLUDED: "套餐包含", kindGIFT: "赠送", kindADJUSTMENT: "调整",
  // Its usage.
  usage: "用量", byModel: "按模型", byType: "按计费类型", window: "时间范围", last24: "24 小时", last7: "7 天", last30: "30 天", last12: "12 个月",
  nothing: "此范围内没有用量。", nothingHint: "请选择更长的范围。", free: "免费", spent: "花费", share: "占比", quantities: "计费数量",
  from: "起始", model: "模型", type: "计费类型", time: "时间", amount: "金额",
  // Its quotas.
  quotas: "配额", noQuotas: "未设置配额。", noQuotasHint: "运营方用 tokenmeter org --quota 设置。", resets: "重置", ofLimit: "/ {n}", usedUp: "已用完",
  eachLimit: "每个 {n}",
  scope_project: "每个项目", scope_user: "每个用户", scope_api_key: "每个密钥", scope_model: "每个模型",
  meter_total_tokens: "令牌", meter_input_tokens: "输入令牌", meter_output_tokens: "输出令牌", meter_requests: "次请求", meter_images: "张图片", meter_audio_seconds: "秒音频",
  // Its charges.
  charge: "费用", charges: "费用", noCharges: "还没有费用。", noChargesHint: "首笔费用会在调用后一秒内出现。", flags: "标记", usageId: "用量编号",
  occurred: "发生时间", billedAt: "计费时间", provider: "供应商", caller: "调用方", outcome: "结果",
  raw: "原始记录", request: "请求", response: "响应", partition: "分区", offset: "偏移", noRecords: "没有对应的原始记录。",
  measured: "计量", readings: "计量项", meter: "计量项", reported: "上报", counted: "自计", billed: "计费", source: "计费依据",
  source_REPORTED: "供应商上报", source_TOKENIZED: "精确自计", source_ESTIMATED: "估算", providerTotal: "供应商总数：{n} 个令牌。",
  priced: "价格", lines: "明细", book: "价目表", entry: "价格条目", matched: "匹配名称", version: "价格版本", noRule: "无条件", quantity: "数量", price: "单价", per: "每 {n}", noLines: "未收费。",
  drawn: "由谁支付", before: "之前余额", after: "之后余额",
  // Events.
  events: "实时事件", connecting: "连接中", live: "实时", lost: "连接中断，正在重试", noEvents: "打开页面以来没有事件。", noEventsHint: "余额不足和配额用完会显示在这里。",
  balanceEvent: "剩余 {balance} {unit}，警戒线 {level}", quotaEvent: "已用 {used} / {limit}，{share}",
  event_LOW_BALANCE: "余额不足", event_EXHAUSTED: "额度已用尽", event_DEBT_LIMIT: "透支已用完", event_RESTORED: "余额已恢复",
  event_WARNING: "配额即将用完", event_EXCEEDED: "配额已用完", event_RESET: "配额已重置",
  // The pipeline.
  allMayCall: "均可调用", deniedCount: "{n} 个不可调用", unpriced: "等待价格", modelCount: "模型：{n}", usages: "用量笔数",
  unpricedNote: "已暂存，价格发布后自动计费。", noneUnpriced: "所有模型都有价格。",
  unmatched: "缺少另一半", factsNote: "已通知；迟到的响应仍会计费", rejected: "已拒绝", recordsNote: "无法读取的记录", noneRejected: "没有被拒绝的记录。",
  why: "原因", topic: "主题", count: "数量", lag: "从调用到余额的延迟", lagWithin: "不超过", lagMost: "99 %：{n}", mean: "平均 {n}", longer: "更长",
  pipelineNote: "本实例启动以来的计数；多实例由 Prometheus 汇总。",
  drift: "上报与自计的令牌数", driftNote: "上报 ÷ 自计，100% 表示一致。", off: "偏差", ratio: "比率", noDrift: "还没有既上报又自计的用量。",
  rejected_UNREADABLE: "不是任何模式的记录", rejected_UNKNOWN_SCHEMA: "未知模式", rejected_WRONG_TYPE: "记录类型不符", rejected_MISSING_ID: "缺少编号",
  rejected_INVALID_ID: "编号无效", rejected_INVALID_FIELD: "字段超出范围", rejected_INVALID_QUANTITY: "数量超出范围", rejected_UNKNOWN_METER: "未知计量项",
  rejected_UNKNOWN_DIALECT: "未知协议", rejected_BROKEN_BODY: "内容损坏", rejected_INVALID_COMMAND: "命令无效",
};
