#!/bin/sh
# Plays the bundled season from the draw to the certificates, in a copy of it:
#   examples/play-season.sh FOLDER
# Uses `benchline` from the path, or the program that $BENCHLINE names.
set -eu
folder=${1:?name the folder to play in}
run=${BENCHLINE:-benchline}
season=$(cd "$(dirname "$0")" && pwd)/season-2025
[ ! -e "$folder" ] || { echo "$folder is there already"; exit 1; }
cp -R "$season" "$folder"
rm -rf "$folder/out" "$folder/.benchline"
contest() { verb=$1; shift; "$run" contest "$verb" "$@"; }
office="--by office --at 2025-12-01T08:00:00+08:00"

# The state is kept in a log instead of the table of events. The order of the first
# round is drawn, teams of one province apart.
sed -e '/^events = /d' -e 's/^entries = /log = { file = "log.jsonl", double_entry = [] }\n&/' \
  "$season/benchline.toml" > "$folder/benchline.toml"
printf '\n[[draw]]\nid = "theory_order"\nround = "theory"\napart = ["province"]\n' >> "$folder/benchline.toml"

# The draw: a commitment first, the public value later.
contest draw commit "$folder" theory_order --secret 'kept in the safe' $office
contest draw reveal "$folder" theory_order --secret 'kept in the safe' --public 'lottery 2025-11-30: 08 14 21 22 30 33 07' $office

# What happened, as in the table of events.
contest event "$folder" no-show --round theory --entry T041 --why '未按时报到' --decided-by desk $office
contest event "$folder" no-show --round theory --entry T158 --why '未按时报到' --decided-by desk $office
contest event "$folder" no-show --round practice --entry T067 --why '选手因病缺席' --decided-by desk $office
contest recuse "$folder" --round scenario --entry T105 --judge E5 --why '曾任该队指导' --decided-by supervisors $office
contest recuse "$folder" --round topic --entry T105 --judge E5 --why '曾任该队指导' --decided-by supervisors $office
contest event "$folder" absent --round topic --judge P07 --why '临时公务离场' --decided-by supervisors $office

# Every sheet is keyed, one event a sheet; those of one file a second time.
contest enter "$folder" --by keying-1 --at 2025-12-01T17:00:00+08:00

# Those of the public jury on the topic are keyed a second time, with one slip: the
# difference is listed and neither mark counts until somebody looks at the paper.
mkdir -p "$folder/second/data"
line=$(sed -n 2p "$folder/data/topic-public.csv")
entry=${line%%,*}; rest=${line#*,}; mark=${rest%%,*}
judge=$(sed -n 1p "$folder/data/topic-public.csv" | cut -d, -f2 | tr -d '\r')
sed "2s/,$mark,/,1,/" "$folder/data/topic-public.csv" > "$folder/second/data/topic-public.csv"
contest enter "$folder" --second --by keying-2 --at 2025-12-01T17:30:00+08:00 || true
contest correct "$folder" --round topic --entry "$entry" --judge "$judge" --criterion overall --value "$mark" --why '核对原表' $office
for late in 'scenario T032 14' 'topic T075 37' 'scenario T092 12' 'scenario T132 52' 'topic T165 8'; do
  set -- $late
  contest event "$folder" overtime --round "$1" --entry "$2" --value "$3" --why '超过规定时长' --decided-by timing $office
done
contest status "$folder"

# An appeal, upheld by a correction; an override; signatures.
evening="--by office --at 2025-12-01T19:00:00+08:00"
contest appeal open "$folder" A1 --entry T144 --stage final --why '一名评委的分数与现场公布的不符' $evening
contest correct "$folder" --round scenario --entry T144 --judge E4 --criterion listening --old 8.2 --value 17.2 --why '录入漏一位，按原表更正' $evening
contest appeal decide "$folder" A1 --upheld --why '原表为 17.2' $evening
# The jury places a team against the scores: the place by the rules stays on record.
contest override "$folder" --round final --entry T021 --place 6 --why '评审委员会决定与第 6 名并列' --decided-by jury $evening
contest seal "$folder" --why '公示前封存' $evening
contest sign "$folder" --of final --role chief-judge --by chief --at 2025-12-01T20:00:00+08:00
contest unseal "$folder" --why '公示' $evening

"$run" run "$folder"
contest verify "$folder"
