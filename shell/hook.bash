# shellcheck shell=bash
# gov's hook for bash, printed by `gov hook bash`: before each prompt it gives the shell the Go
# toolchain that the directory asks for. It asks gov only about what it has not seen before or what
# has changed since; whether that is so it tells by builtins alone. For bash 3.2 and later.

__gov_program=@GOV@
# What was in sight at the last prompt: GOV_VERSION, GOV_HOME, DIRENV_DIR and the landmarks, the files
# from here upward that can have a say, as "//path//path", up to the first directory that has a
# .gotoolchain.toml: gov itself says what counts above that. Empty: ask.
__gov_sight=
# The directory of the last prompt, and what is being looked at: no locals, which take their time.
__gov_dir='' __gov_level='' __gov_now=''
# Each sight had so far, by the number of gov's answer to it, and what was said about it. An answer
# defines the functions __gov_same, __gov_can_enter, __gov_enter, __gov_can_leave and __gov_leave, with
# an underscore and its number behind the name. Number 0 is no answer.
__gov_sights=('') __gov_notes=('')
# The number of the answer in effect, and that of the one before it, which is the likeliest to come next.
__gov_at=0
__gov_before=0
__gov_saw=
__gov_note=
# What the shell refused while an answer was followed, and whether it ever has.
__gov_refused=()
__gov_refuses=
# The directory where gov failed at the last attempt.
__gov_failed_in=
# The directory that __gov_unchanged was made for, and the variables there; empty: for none.
__gov_settled=
__gov_wish=

# For prompts: the pinned release that is in effect. Nothing in it has a meaning to a prompt.
# shellcheck disable=SC2034  # prompts use it
GOV_PROMPT=

# `local` only names what it makes local: under `set -k` an assignment there is for `local` alone.
# Where equal words have to be the same ones `test` compares: [[ ]] heeds nocasematch.

# The words of the answers. One statement a variable, each on its own: where the shell keeps one
# from being set, the others still are.
__gov_set() {
    # shellcheck disable=SC2015
    \builtin unset -v "$1" && \builtin export "$1=$2" || __gov_refused+=("$1 be set")
}
__gov_unset() {
    \builtin unset -v "$1" || __gov_refused+=("$1 be unset")
}
__gov_set_path() {
    \builtin export "PATH=$1" || __gov_refused+=("PATH be set")
}
__gov_add() {
    __gov_set_path "$1${PATH+:$PATH}"
}
__gov_drop() {
    local __gov_path
    __gov_path=${PATH-}
    case $__gov_path in
        "$1") __gov_unset PATH ;;
        "$1":*) __gov_path=${__gov_path#"$1":} ;;
        *:"$1":*) __gov_path=${__gov_path%%:"$1":*}:${__gov_path#*:"$1":} ;;
        *:"$1") __gov_path=${__gov_path%:"$1"} ;;
    esac
    [[ $__gov_path == "${PATH-$__gov_path}" ]] || __gov_set_path "$__gov_path"
}

__gov_say() {
    \builtin printf 'gov: %s\n' "$1" >&2
}

# Says the lines of $1 that are not among those of $2.
__gov_tell() {
    local __gov_rest __gov_line
    __gov_rest=$1$'\n'
    while [[ $__gov_rest ]]; do
        __gov_line=${__gov_rest%%$'\n'*} __gov_rest=${__gov_rest#*$'\n'}
        case $'\n'$2$'\n' in
            *$'\n'"$__gov_line"$'\n'*) ;;
            *) __gov_say "$__gov_line" ;;
        esac
    done
}

# Runs the words given without what the shell says of them, and says what it refused.
__gov_do() {
    "$@" 2>/dev/null || :
    [[ ! ${__gov_refused[0]+x} ]] || __gov_complain
}
__gov_complain() {
    local __gov_what
    for __gov_what in "${__gov_refused[@]}"; do
        __gov_say "this shell does not let $__gov_what"
    done
    __gov_refused=() __gov_refuses=yes
}

# Where gov ended with the status $2 and without an answer to the sight $1: does not ask again
# before the next cd.
__gov_give_up() {
    # gov has said why, unless it was cut short.
    if [[ -z $__gov_failed_in ]] && (($2 == 0 || $2 >= 128)); then
        __gov_say "$__gov_program gave no answer"
    fi
    # shellcheck disable=SC2034  # prompts use it
    __gov_sight=$1 __gov_at=0 __gov_failed_in=$PWD GOV_PROMPT=
}

# Evaluates gov's answer to the sight $1 as number $2 and keeps it.
__gov_learn() {
    local __gov_answer __gov_code __gov_said
    __gov_said=$__gov_note
    # Where it failed the last time as well, what it says has been read.
    __gov_answer=$([[ -z $__gov_failed_in ]] || exec 2>/dev/null
        exec "$__gov_program" export bash "$2")
    __gov_code=$?
    if [[ $__gov_code -ne 0 || $__gov_answer != *$'\n: gov-end' ]]; then
        __gov_give_up "$1" "$__gov_code"
        return
    fi
    \builtin eval "$__gov_answer"
    __gov_do "__gov_enter_$2"
    __gov_failed_in=
    [[ $__gov_at -eq $2 ]] || __gov_before=$__gov_at
    __gov_at=$2
    # Once for a content: not what the last answer, or the last one here, said as well.
    [[ -z $__gov_note ]] || __gov_tell "$__gov_note" "$__gov_said"$'\n'"${__gov_notes[$2]-}"
    # A file that came or went meanwhile makes this the answer to another sight: ask once more.
    \builtin test "${GOV_VERSION-}//${GOV_HOME-}//${DIRENV_DIR-}$__gov_saw" = "$1" || return 0
    __gov_sight=$1
    __gov_sights[$2]=$1 __gov_notes[$2]=$__gov_note
}

# From the answer in effect to that with the number $1, without a question. Fails where that is not
# possible.
__gov_switch() {
    if [[ ${GOV_STATE+x} ]]; then
        # Not in order where the user has changed what gov had set: gov itself sorts that out.
        "__gov_can_leave_$__gov_at" && "__gov_leave_$__gov_at"
    fi
    [[ $1 -ne 0 && ! ${GOV_STATE+x} ]] && "__gov_same_$1" && "__gov_can_enter_$1" || return
    "__gov_enter_$1"
    [[ $__gov_at -eq $1 ]] || __gov_before=$__gov_at
    __gov_at=$1 __gov_switched=yes
}

# Follows the sight $1 by the answer it had before, or by a new one.
__gov_follow() {
    local __gov_number __gov_switched
    __gov_number=$__gov_before __gov_switched='' __gov_sight='' __gov_settled=''
    \builtin test "${__gov_sights[__gov_before]}" = "$1" || __gov_find "$1"
    # What an answer has done once it can do again: a redirection costs more than all of it.
    if [[ $__gov_refuses ]]; then __gov_do __gov_switch "$__gov_number"; else __gov_switch "$__gov_number"; fi
    [[ ! ${__gov_refused[0]+x} ]] || __gov_complain
    if [[ $__gov_switched ]]; then
        __gov_sight=$1
        return
    fi
    ((__gov_number)) || __gov_number=${#__gov_sights[@]}
    __gov_learn "$1" "$__gov_number"
}

# Sets __gov_number to the number of the sight $1, newest first; 0: it is new.
__gov_find() {
    __gov_number=${#__gov_sights[@]}
    while ((__gov_number -= 1)); do
        ! \builtin test "${__gov_sights[__gov_number]}" = "$1" || break
    done
}

# Makes __gov_unchanged for what is in sight in this directory: one test of all places where landmarks
# can be. Their paths are in variables: none of a directory's name becomes part of a command, and
# bash expands those faster than the words of a command.
__gov_settle() {
    local __gov_level __gov_name __gov_place __gov_count __gov_test
    # shellcheck disable=SC2016  # they are expanded later
    __gov_test='a != A && $PWD == "$__gov_settled"'
    # shellcheck disable=SC2016
    __gov_test+=' && ${GOV_VERSION-}//${GOV_HOME-}//${DIRENV_DIR-} == "$__gov_wish"'
    __gov_wish=${GOV_VERSION-}//${GOV_HOME-}//${DIRENV_DIR-}
    __gov_count=0
    __gov_level=${PWD%/}
    while :; do
        for __gov_name in .gotoolchain.toml .go-version .tool-versions go.work go.mod; do
            __gov_place=$__gov_level/$__gov_name
            \builtin eval "__gov_place_$__gov_count=\$__gov_place"
            case $__gov_sight/ in
                *"/$__gov_place/"*) __gov_test+=" && -e \$__gov_place_$__gov_count" ;;
                *) __gov_test+=" && ! -e \$__gov_place_$__gov_count" ;;
            esac
            ((__gov_count += 1))
        done
        case $__gov_sight/ in *"/$__gov_level/.gotoolchain.toml/"*) break ;; esac
        [[ $__gov_level == */* ]] || break
        __gov_level=${__gov_level%/*}
    done
    \builtin eval "__gov_unchanged() { [[ $__gov_test ]] && __gov_same_$__gov_at; }"
    __gov_settled=$PWD
}

# Looks for landmarks from here upward, and follows what is in sight.
__gov_look() {
    __gov_now=${GOV_VERSION-}//${GOV_HOME-}//${DIRENV_DIR-}
    __gov_level=${PWD%/}
    while :; do
        if [[ -e $__gov_level/.gotoolchain.toml || -e $__gov_level/.go-version ||
            -e $__gov_level/.tool-versions || -e $__gov_level/go.work ||
            -e $__gov_level/go.mod ]] && __gov_see; then
            break
        fi
        [[ $__gov_level == */* ]] || break
        __gov_level=${__gov_level%/*}
    done
    if ! \builtin test "$__gov_now" = "$__gov_sight" || ! "__gov_same_$__gov_at"; then
        __gov_follow "$__gov_now"
    elif \builtin test "$PWD" = "$__gov_dir"; then
        __gov_settle  # only now: a prompt after cd is the last there more often than not
    fi
    __gov_dir=$PWD
}

# Lists the landmarks of the directory __gov_level; whether nothing above it counts.
__gov_see() {
    [[ ! -e $__gov_level/.gotoolchain.toml ]] || __gov_now+=/$__gov_level/.gotoolchain.toml
    [[ ! -e $__gov_level/.go-version ]] || __gov_now+=/$__gov_level/.go-version
    [[ ! -e $__gov_level/.tool-versions ]] || __gov_now+=/$__gov_level/.tool-versions
    [[ ! -e $__gov_level/go.work ]] || __gov_now+=/$__gov_level/go.work
    [[ ! -e $__gov_level/go.mod ]] || __gov_now+=/$__gov_level/go.mod
    [[ -e $__gov_level/.gotoolchain.toml ]]
}

# Short, since bash copies a function's body at each call.
__gov_hook() {
    __gov_status=$?
    __gov_unchanged || __gov_look
    return "$__gov_status"
}

__gov_unchanged() { false; }
# Of no answer: holds where gov failed until the next cd.
__gov_same_0() { [[ $PWD == "$__gov_failed_in" ]]; }
__gov_can_leave_0() { false; }

# `gov shell`: the version for this session.
__gov_shell() {
    local __gov_version
    case $#/${1-} in
        1/--unset) __gov_do __gov_unset GOV_VERSION ;;
        0/ | */-*)
            "$__gov_program" shell "$@"
            return
            ;;
        *)
            __gov_version=$("$__gov_program" shell --check "$@") || return
            __gov_do __gov_set GOV_VERSION "$__gov_version"
            ;;
    esac
    __gov_hook
}

# gov itself, and what only the shell can do.
function gov {
    case ${1-} in
        shell) __gov_shell "${@:2}" ;;
        *) "$__gov_program" "$@" ;;
    esac
}

# "&& :" hands the status on to what follows without setting off `set -e` or a trap on ERR.
if [[ "${PROMPT_COMMAND[*]-}" != *__gov_hook* ]]; then
    if [[ ${PROMPT_COMMAND[1]+x} ]]; then
        PROMPT_COMMAND+=('__gov_hook && :')
    else
        # shellcheck disable=SC2128,SC2178  # an array of one gets longer in its only element
        PROMPT_COMMAND=${PROMPT_COMMAND:+$PROMPT_COMMAND$'\n'}'__gov_hook && :'
    fi
fi
