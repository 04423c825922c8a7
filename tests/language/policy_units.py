"""Policy texts composed for the tests, with a ¦ before each unit but the first."""

from __future__ import annotations

ENGLISH = (
    "The city shall support newcomers. ¦It shall publish a plan every three years.",
    "Article 3. Residents may attend meetings of the council. ¦They may speak there.",
    "Under Act No. 57 of 2003, personal data are protected. ¦See also Art. 5(2)(i) of the ordinance.",
    "The budget rose to 1.5 million yen in FY 2019. ¦Dr. A. Mori chaired the board, e.g. in May. "
    "¦All agreed.",
    "- Language classes are free.\n¦- Interpreters come on request.\n¦- Fees are waived for children.",
    "1. Purpose\n¦This plan sets out what the ward will do.\n¦2. Scope\n¦It applies to all offices.",
    "(a) a person who lives in the city;\n¦(b) a person who works in the city; and\n"
    "¦(c) a person who studies there.",
    "The mayor said, “We will listen.” ¦The council (which met on 3 Oct. 2018) agreed.",
    "Who may apply? ¦Anyone who lives here. ¦How long does it take? ¦About ten days, i.e. two weeks at most.",
    "Table 3. Residents by nationality\n¦The number of residents grew by approx. 4.2 per cent.",
    "CHAPTER II. MEASURES\n¦Article 4. The city shall provide interpreters.\n"
    "¦(2) The city shall inform schools.",
    "Measures are taken in housing,\nhealth and education. ¦They are reviewed each year.",
    "The U.S. Embassy and the U.N. Office took part. ¦They spoke to Mr. Sato and Ms. Lee.",
    "The desk is open from 9 a.m. to 5 p.m. on weekdays. ¦It is closed on holidays.",
    "In Smith v. Jones the court held for the tenant. ¦No appeal was lodged.",
    "Section 2.1 sets targets. ¦Target 1.1 is met. ¦Target 1.2 is not (see para. 14).",
    "Goal 1: Safe homes\n¦Goal 2: Good schools\n¦Every goal has an owner.",
    "The ward asked residents [in eight languages. Replies were few.] to reply. ¦It will ask again!",
    "The plan (adopted in 2016. Revised in 2019.) remains in force. ¦It lapses in 2025.",
    "Foreign residents (外国人住民) are residents. ¦The term 共生 is kept. ¦It has no English word.",
    "The following are exempt:\n¦(i) schools;\n¦(ii) hospitals; and\n¦(iii) shelters.",
    "Note 1. Figures are rounded.\n¦Note 2. Totals may differ.",
    "The committee met in St. Paul Hall. ¦Prof. Ito reported on Vol. 2, pp. 4-9.",
    "“Nobody is left out.” ¦That is the aim. ¦The city of Sakae Inc. is a partner, and so is Midori Co. Ltd.",
    "What is new... is the fund. ¦It pays ¥30,000 a month etc. to families. "
    "¦Applications close on 31 Jan. 2020.",
    "Supplementary Provisions\n¦This ordinance comes into effect on April 1, 2020. "
    "¦The former rules are repealed.",
)

JAPANESE = (
    "市は、外国人住民を支援する。¦計画は三年ごとに見直す。",
    "第一条　この条例は、人権の尊重について定める。\n¦２　市は、必要な施策を講ずる。",
    "（目的）\n¦第１条　この要綱は、相談窓口の設置について定める。",
    "本邦外出身者（適法に居住するものに限る。以下同じ。）は、住民である。¦市はこれを支える。",
    "市長は「誰一人取り残さない。」と述べた。¦議会は賛成した。",
    "「誰もが住みやすいまちへ。」¦これが計画の目標である。",
    "・日本語教室を開く。\n¦・通訳を派遣する。\n¦・手数料を免除する。",
    "一　国籍を問わないこと。\n¦二　費用を徴収しないこと。\n¦三　秘密を守ること。",
    "(1) 市民　市内に住む者をいう。\n¦(2) 事業者　市内で事業を行う者をいう。",
    "１　基本方針\n¦（１）相談体制の整備\n¦相談員を置く。¦研修を行う。",
    "申請できるのは誰か。¦市内に住む人です。¦費用はかかりますか？¦無料です！",
    "平成２８年６月３日に施行された。¦三年後に見直しを行うものとする。",
    "人口は３．５％増えた。¦予算は1.2億円である。",
    "市は、住宅、\n医療及び教育の分野で施策を講ずる。¦評価は毎年行う。",
    "第２章　施策の推進\n¦第４条　市は、通訳を置く。¦ただし、予算の範囲内とする。",
    "附　則\n¦この条例は、公布の日から施行する。",
    "表１　国籍別人口\n¦前年より四百人増加した。",
    "①相談窓口を設ける。\n¦②案内を多言語で行う。",
    "同条中「外国人」とあるのは「外国籍市民」と読み替える。¦経過措置は規則で定める。",
    "ア　市内に住所を有する者\n¦イ　市内の事業所に勤める者\n¦ウ　市内の学校に通う者",
    "Ｑ　言葉が分かりません。\n¦Ａ　通訳がいます。¦電話でも話せます。",
    "NPO、NGO等と連携する。¦ITの活用を図る。",
    "市民の声\n¦「窓口が増えて助かった。」という人が多い。",
    "■ 重点施策\n¦○ やさしい日本語の普及\n¦○ 防災訓練への参加",
    "多文化共生とは、国籍や民族などの異なる人々が、互いの違いを認め合うことである（総務省「報告書」（平成18年）による。）。¦本計画もこれに従う。",
    "調査票は「配布した。しかし、回収は少ない。」との報告があった。¦再調査を行う。",
)
