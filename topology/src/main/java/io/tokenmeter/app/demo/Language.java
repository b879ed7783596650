package io.tokenmeter.app.demo;

import java.util.List;
import java.util.Random;

/** What the customers of the demo speak, and what they and their models say, a sentence a line. */
enum Language {
  ENGLISH(
      " ",
      """
      Our parcel was scanned in Rotterdam on Monday and nobody has seen it since.
      Please rewrite the delivery notice so that a tired reader understands it.
      Which of the three suppliers can ship forty pumps before the end of the month?
      Summarise the minutes of the safety meeting in five short points.
      The customer wants to know why her invoice is higher than last spring.
      Draft a polite answer that offers a second visit by the technician.
      """,
      """
      The parcel left the depot again this morning and should arrive on Thursday.
      Here is a shorter version that starts with what the reader has to do.
      Only the supplier in Ghent has enough stock; the others need three weeks.
      The meeting agreed on new gloves, a wider walkway and a second alarm test.
      Her invoice includes two months because the meter was read late.
      We are sorry for the trouble and can send someone on Friday before noon.
      """),
  FRENCH(
      " ",
      """
      La chaudière s'arrête chaque nuit vers trois heures, que faut-il vérifier ?
      Résumez le rapport d'inspection pour le conseil municipal.
      Proposez un menu de saison pour quarante convives, sans gluten.
      Comment expliquer la hausse des charges aux copropriétaires ?
      Traduisez cette lettre de l'assureur en langage courant.
      """,
      """
      Commencez par la pression du circuit, puis nettoyez le capteur de flamme.
      Le rapport relève deux défauts mineurs et recommande une visite en octobre.
      Velouté de courge, truite aux amandes, puis une tarte fine aux poires.
      La hausse vient surtout du chauffage, dont le tarif a changé en janvier.
      L'assureur accepte de payer, mais demande encore une photographie du dégât.
      """),
  PERSIAN(
      " ",
      """
      برای مشتری بنویس که سفارش او فردا پیش از ظهر می‌رسد.
      خلاصهٔ این گزارش را در سه جملهٔ ساده بگو.
      چرا مصرف برق کارگاه در ماه گذشته بیشتر شده است؟
      یک برنامهٔ سفر دو روزه به کاشان پیشنهاد بده.
      این پیام را مؤدبانه‌تر بازنویسی کن.
      """,
      """
      سفارش شما بسته‌بندی شده و فردا ساعت ده به دستتان می‌رسد.
      گزارش می‌گوید فروش خوب بوده، هزینهٔ حمل زیاد شده و انبار تقریباً خالی است.
      دستگاه تازهٔ برش شب‌ها روشن مانده و همین مصرف را بالا برده است.
      روز نخست باغ فین و خانه‌های تاریخی، روز دوم بازار و کویر مرنجاب.
      با سپاس از شکیبایی شما، پاسخ را تا پایان امروز می‌فرستیم.
      """),
  CHINESE(
      "",
      """
      请把这份维修说明改写成新员工也能看懂的步骤。
      仓库的温度昨晚为什么突然升高？请分析可能的原因。
      帮我写一封邮件，通知客户发货时间推迟两天。
      比较这三种包装材料的成本和环保程度。
      把会议记录整理成五条待办事项。
      """,
      """
      先关闭电源，等指示灯熄灭以后再打开侧盖，最后更换滤网。
      最可能的原因是二号风机停转，建议今天先检查皮带。
      尊敬的客户，因为港口拥堵，货物将比原计划晚两天送达，敬请谅解。
      纸浆托盘最环保，价格居中；泡沫最便宜，但回收困难。
      一、确认预算；二、联系供应商；三、更新图纸；四、安排培训；五、周五复核。
      """);

  private final String separator;
  private final String questions;
  private final String answers;

  Language(String separator, String questions, String answers) {
    this.separator = separator;
    this.questions = questions;
    this.answers = answers;
  }

  /** What a customer asks, of so many sentences. */
  String question(Random random, int sentences) {
    return text(random, questions, sentences);
  }

  /** What a model answers, of so many sentences. */
  String answer(Random random, int sentences) {
    return text(random, answers, sentences);
  }

  private String text(Random random, String lines, int sentences) {
    List<String> from = lines.lines().toList();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sentences; i++) {
      text.append(i == 0 ? "" : separator).append(from.get(random.nextInt(from.size())));
    }
    return text.toString();
  }
}
