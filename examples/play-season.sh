#!/bin/sh
# 用自带的一届竞赛从抽签演到证书，最后逐一改动成绩、日志、输出和名单，看 verify 怎么说：
# Plays the bundled season from the draw to the certificates in a copy of it; then
# changes a mark, the log, an output and a list, and shows what verify says to each:
#   examples/play-season.sh 文件夹 FOLDER
# 用路径中的 benchline，或 $BENCHLINE 所指的程序；$BENCHLINE_LANG=en 说英文。
# Uses the `benchline` on the path, or the program that $BENCHLINE names (from a
# clone: `cargo build --release`, then BENCHLINE=target/release/benchline).
set -eu
folder=${1:?文件夹 · name the folder to play in}
run=${BENCHLINE:-benchline}
season=$(cd "$(dirname "$0")" && pwd)/season-2025
folder=${folder%/}
[ ! -e "$folder" ] || { echo "$folder 已存在 · is there already"; exit 1; }
cp -R "$season" "$folder"
rm -rf "$folder/out" "$folder/.benchline"
contest() { verb=$1; shift; "$run" contest "$verb" "$@"; }
step() { printf '\n== %s\n' "$1"; }
# Why a judge stood aside; another word makes another day, see the end.
why=${BENCHLINE_WHY:-曾任该队指导}
office="--by office --at 2025-12-01T08:00:00+08:00"

# The state is kept in a log instead of the table of events. The order of the first
# round is drawn, teams of one province apart.
sed -e '/^events = /d' -e 's/^\(outputs = .*\)\]/\1, "slides", "sign-off"]/' -e 's/^entries = /log = { file = "log.jsonl", double_entry = [] }\n&/' \
  "$season/benchline.toml" > "$folder/benchline.toml"
printf '\n[[draw]]\nid = "theory_order"\nround = "theory"\napart = ["province"]\n' >> "$folder/benchline.toml"

step '抽签：先承诺，后抽 · The draw: a commitment first, the public value later'
contest draw commit "$folder" theory_order --secret 'kept in the safe' $office
contest draw reveal "$folder" theory_order --secret 'kept in the safe' --public 'lottery 2025-11-30: 08 14 21 22 30 33 07' $office

step '空白评分表，按抽签的顺序 · Blank score sheets in the order drawn'
contest forms "$folder" --round theory

step '未到、回避、缺席 · No-shows, recusals, an absence'
contest event "$folder" no-show --round theory --entry T041 --why '未按时报到' --decided-by desk $office
contest event "$folder" no-show --round theory --entry T158 --why '未按时报到' --decided-by desk $office
contest event "$folder" no-show --round practice --entry T067 --why '选手因病缺席' --decided-by desk $office
contest recuse "$folder" --round scenario --entry T105 --judge E5 --why "$why" --decided-by supervisors $office
contest recuse "$folder" --round topic --entry T105 --judge E5 --why "$why" --decided-by supervisors $office
contest event "$folder" absent --round topic --judge P07 --why '临时公务离场' --decided-by supervisors $office

step '录入全部评分表 · Every sheet is keyed, one event a sheet'
contest enter "$folder" --by keying-1 --at 2025-12-01T17:00:00+08:00

# With one slip: the difference is listed and neither mark counts until somebody
# looks at the paper.
step '复录一份，有一处不同，裁定 · One is keyed twice, differs in a cell, and is decided'
mkdir -p "$folder/second/data"
line=$(sed -n 2p "$folder/data/topic-public.csv")
entry=${line%%,*}; rest=${line#*,}; mark=${rest%%,*}
judge=$(sed -n 1p "$folder/data/topic-public.csv" | cut -d, -f2 | tr -d '\r')
sed "2s/,$mark,/,1,/" "$folder/data/topic-public.csv" > "$folder/second/data/topic-public.csv"
contest enter "$folder" --second --by keying-2 --at 2025-12-01T17:30:00+08:00 || true
contest correct "$folder" --round topic --entry "$entry" --judge "$judge" --criterion overall --value "$mark" --why '核对原表' $office

step '超时 · Overtime'
for late in 'scenario T032 14' 'topic T075 37' 'scenario T092 12' 'scenario T132 52' 'topic T165 8'; do
  set -- $late
  contest event "$folder" overtime --round "$1" --entry "$2" --value "$3" --why '超过规定时长' --decided-by timing $office
done
contest status "$folder"

evening="--by office --at 2025-12-01T19:00:00+08:00"
step '申诉成立，更正一个分数 · An appeal, upheld by a correction'
contest appeal open "$folder" A1 --entry T144 --stage final --why '一名评委的分数与现场公布的不符' $evening
contest correct "$folder" --round scenario --entry T144 --judge E4 --criterion listening --old 8.2 --value 17.2 --why '录入漏一位，按原表更正' $evening
contest appeal decide "$folder" A1 --upheld --why '原表为 17.2' $evening

# The place by the rules stays on record.
step '评审委员会改定名次 · The jury places a team against the scores'
contest override "$folder" --round final --entry T021 --place 6 --why '评审委员会决定与第 6 名并列' --decided-by jury $evening

# The rows of the teams drawn are keyed anew by somebody else, here by copying them,
# but for one that was corrected above should it be among them.
step '复核：前 6 名和抽到的 6 队 · A recount of the first six places and six others'
contest recount draw "$folder" R1 --stage final --top 6 --sample 6 --public 'lottery 2025-12-02: 03 09 17 20 28 31 11' $evening
mkdir -p "$folder/recount/R1/data"
teams=$(sed -n 's/.*"kind":"recount-drawn".*"entries":\[\([^]]*\)\].*/\1/p' "$folder/log.jsonl" | tr -d '"' | tr ',' '|')
for sheet in scenario scenario-personal scenario-public topic topic-public; do
  { sed -n 1p "$folder/data/$sheet.csv"; grep -E "^($teams)," "$folder/data/$sheet.csv"; } > "$folder/recount/R1/data/$sheet.csv"
done
sed -i.kept 's/^T144,E4,8\.2,/T144,E4,17.2,/' "$folder/recount/R1/data/scenario.csv"
rm "$folder/recount/R1/data/scenario.csv.kept"
contest recount enter "$folder" R1 --by counting-1 --at 2025-12-02T21:30:00+08:00

step '封存、签署、解封 · Sealed, signed, unsealed'
contest seal "$folder" --why '公示前封存' $evening
contest sign "$folder" --of final --role chief-judge --by chief --at 2025-12-02T22:00:00+08:00
contest unseal "$folder" --why '公示' $evening

step '成绩册、证书、反馈单、幻灯片、签署单 · Result book, certificates, feedback sheets, slides, sign-off sheets'
"$run" run "$folder"

step '大屏：现场，和颁奖时从末名揭到首名 · The board: live, and revealed from the last to the first'
contest board "$folder" --out "$folder/board.html"
contest board "$folder" --reveal --out "$folder/reveal.html"

step '核对 · verify'
head=$(tail -n 1 "$folder/log.jsonl" | sed 's/.*"hash":"\([0-9a-f]*\)"}$/\1/')
contest verify "$folder" --head "$head"

[ -z "${BENCHLINE_WHY:-}" ] || exit 0

# Each change is made, found and taken back. A change that is not found ends the
# script with an error.
said=$(mktemp)
found() {
  step "改动：$1 · changed: $2"
  shift 2
  if contest verify "$folder" "$@" > "$said" 2>&1; then echo '没有发现 · NOT FOUND'; exit 1; fi
  grep -A 1 '^error\|^错误' "$said" | sed -n '1,2p'
}
change() { cp "$folder/$1" "$said.kept"; sed "$2" "$said.kept" > "$folder/$1"; }
restore() { cp "$said.kept" "$folder/$1"; }

change data/topic.csv '2s/,[0-9.]*,/,1.5,/'
found '评分表上一个分数' 'one mark on a sheet'
restore data/topic.csv
change log.jsonl 's/曾任该队指导/只是误会/'
found '日志的一行' 'one line of the log'
restore log.jsonl
change out/results.csv '$s/.$/?/'
found '输出文件的一个字' 'one letter of an output'
restore out/results.csv
change data/entries.csv 's/天水队/天河队/'
found '名单' 'an input file'
restore data/entries.csv
change recount/R1/data/topic.csv '2s/,[0-9.]*,/,1.5,/'
found '复核录入的一个分数' 'one mark of the recount'
restore recount/R1/data/topic.csv

# The whole chain written anew: the same day played once more, with another reason.
# It holds in itself, documents and all, and only the published head tells.
forged=$folder-forged
BENCHLINE_WHY='只是误会' sh "$0" "$forged" > "$said" 2>&1
contest verify "$forged" > "$said" 2>&1
folder=$forged
found '重写整条日志，单看无懈可击' 'the whole chain, sound in itself, by the published head' --head "$head"
grep -q 'C445' "$said" || { echo '?'; exit 1; }
folder=${forged%-forged}
rm -rf "$forged" "$said" "$said.kept"

step '全部复原，再核对 · All restored: verify once more'
contest verify "$folder" --head "$head"
