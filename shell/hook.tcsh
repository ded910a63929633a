# gov's hook for tcsh, printed by `gov hook tcsh`: before each prompt it asks gov, one process, what the
# directory wants of the environment. A precmd that is there already comes first. The comments are
# for readers of this file alone: tcsh gets each line below as one word of an `eval`.
#
# $status stays what it was, and an answer that is not whole is not evaluated. `gov shell` is the
# session's version: the variable is set before gov itself runs and finds it so. gov comes last there,
# because a redirection or a pipe applies to what comes last in an alias.
set __gov_program = @GOV@;
alias __gov_hook 'set __gov_answer = "`$__gov_program:q export tcsh`"; if ("$__gov_answer:q" =~ *gov-end) eval "$__gov_answer:q"';
if ("`alias precmd`" !~ *__gov_hook*) alias __gov_before "`alias precmd`";
if ("`alias precmd`" == "") alias __gov_before :;
alias precmd 'set __gov_status = $status; __gov_before; __gov_hook; set status = $__gov_status';
alias __gov_shell 'if ("$__gov_words[2]" == --unset) unsetenv GOV_VERSION; if ({ $__gov_program:q shell --check --quiet $__gov_words[2]:q }) setenv GOV_VERSION $__gov_words[2]:q';
alias gov 'set __gov_words = (\!* - -); if ("$__gov_words[1]" == shell) eval __gov_shell; $__gov_program:q \!*';
