"""Writes templates and what Jinja2 makes of them, set up as transformers sets it up.

usage: jinja_fixtures.py OUT          (OUT is common/src/test/resources/text/templates/jinja.jsonl)
Made with transformers 5.23 and Jinja2 3.1.6. The first line has the variables; each other line a template
("source") and its "text", or "error" where Jinja2 raises one. Half are written by hand, half come from a grammar.
"""

import copy
import json
import random
import sys

from transformers.utils.chat_template_utils import _compile_jinja_template

TOOL = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "Weather \"now\" in a città",
        "parameters": {"type": "object", "properties": {"place": {"type": "string"}}, "required": ["place"]},
    },
}
VARIABLES = {
    "messages": [
        {"role": "system", "content": [{"type": "text", "text": "Be brief."}]},
        {"role": "user", "content": [{"type": "image"}, {"type": "text", "text": " What's  this?\n{{ 1 }} <b>é😀"}]},
        {"role": "assistant", "content": "A dog.", "tool_calls": [
            {"function": {"name": "f", "arguments": {"x": 1, "y": [1.5, None, True]}}}]},
        {"role": "user", "content": "Sure?"},
    ],
    "tools": [TOOL],
    "documents": None,
    "add_generation_prompt": True,
    "bos_token": "<s>",
    "eos_token": "</s>",
    "s": "Hello World",
    "u": "naïve Straße Αω ǆ",
    "e": "",
    "l": [3, 1, 2],
    "w": ["b", "A", "c", "a"],
    "d": {"b": 2, "a": 1, "C": 3},
    "n": 7,
    "f": 2.5,
    "z": 0,
    "t": True,
    "no": None,
    "rows": [{"k": "x", "v": 1}, {"k": "y", "v": 2}, {"k": "x", "v": 3}, {"k": "Z"}],
}

# What people write, and what is easily got wrong; one a line, and `¶` stands for a line's end
BY_HAND = r"""
{{ 1 if z }}|{{ nope }}|{{ nope is defined }}|{{ nope.x }}
{{ nope is undefined }}|{{ not nope }}|{{ nope ~ 'a' }}|{{ [nope] }}|{{ nope == nope2 }}|{{ nope == none }}|{{ nope|length }}
{{ nope + 1 }}
{{ nope < 1 }}
{{ nope() }}
{{ nope|int }}
{{ nope|tojson }}
{{ nope['x'] }}
{{ nope[1:] }}
{% for x in nope %}x{% else %}none{% endfor %}{{ nope|list }}|{{ nope|join('-') }}|{{ nope|upper }}|{{ nope|trim }}|{{ nope|first }}
{{ messages[0].nope }}|{{ messages[9] }}|{{ messages[9] is defined }}|{{ s.nope is defined }}|{{ no.x is defined }}
{{ messages[9].role }}
{{ messages[0].nope.nope }}
{{ no }}|{{ t }}|{{ f }}|{{ [no, t, 'a', 1.5] }}|{{ {'a': no} }}|{{ ('a',) }}|{{ () }}|{{ (1, 'b') }}|{{ 1, 2 }}
{{ 1e10 }}|{{ 1e16 }}|{{ 1e15 }}|{{ 0.1 }}|{{ 1.0 }}|{{ 1e-5 }}|{{ 0.0001 }}|{{ 123456789.123 }}|{{ 5e-324 }}|{{ 1.7976931348623157e308 }}|{{ -0.0 }}
{{ 0.1 + 0.2 }}|{{ 1/3 }}|{{ 2/3*3 }}|{{ 7/2 }}|{{ 7//2 }}|{{ -7//2 }}|{{ -7 % 3 }}|{{ 7 % -3 }}|{{ 7.5 // 2 }}|{{ -7.5 % 2 }}
{{ 2**10 }}|{{ 2**-1 }}|{{ -2**2 }}|{{ 2**3**2 }}|{{ 2.5**2 }}|{{ 0**0 }}|{{ 10**20 }}|{{ 10**20//3 }}
{{ 1/0 }}
{{ 1//0 }}
{{ 1 % 0 }}
{{ 1.5 // 0 }}
{{ '1' + 1 }}
{{ 1 + '1' }}
{{ [1] + (2,) }}
{{ 'a' * 3 }}|{{ 3 * 'a' }}|{{ [1] * 2 }}|{{ 'a' * -1 }}|{{ (1,) * 2 }}|{{ t * 3 }}
{{ 1 < 2 < 3 }}|{{ 3 > 2 > 2 }}|{{ 1 == 1.0 }}|{{ 1 == t }}|{{ 'a' < 'b' }}|{{ [1, 2] < [1, 3] }}|{{ (1,) < (1, 0) }}|{{ 'a' == 1 }}|{{ [1] == (1,) }}
{{ 1 < 'a' }}
{{ no < 1 }}
{{ {} < {} }}
{{ 1 in [1] }}|{{ 1.0 in [1] }}|{{ 'a' in 'abc' }}|{{ 'a' in {'a': 1} }}|{{ 1 not in [2] }}|{{ '' in 'a' }}|{{ not 1 in [1] }}
{{ 1 in 'a' }}
{{ 1 in 2 }}
{{ [] in {} }}
{{ 'a' and 'b' }}|{{ '' or 'b' }}|{{ '' and 'b' }}|{{ 0 or no }}|{{ not '' }}|{{ not 'a' or 'b' }}|{{ z and nope.x }}
{{ 'a' ~ 1 ~ no ~ 1.0 ~ [1] }}|{{ 1 ~ 2 + 3 }}|{{ 1 + 2 ~ 3 }}|{{ 'a' ~ 'b' == 'ab' }}|{{ 2 * 3 ~ 4 }}
{{ 'x' if t else 'y' }}|{{ 'x' if z else 'y' if no else 'w' }}|{{ ('x' if z) ~ '.' }}|{{ 'a' if 1 if 2 else 3 else 4 }}
{{ -n }}|{{ +n }}|{{ -f }}|{{ - 1 }}|{{ -n|abs }}|{{ (-n)|abs }}|{{ -1.5|round }}|{{ not n }}|{{ --n }}|{{ -t }}
{{ n|string + 'x' }}|{{ n + 1|string|length }}|{{ 5|float }}|{{ '5'|int + 1 }}|{{ '0x1f'|int(0, 16) }}|{{ 'x'|int }}|{{ 'x'|int(default=3) }}|{{ '12.7'|int }}|{{ no|int(9) }}|{{ ' 1_0 '|int }}|{{ '1e3'|int }}
{{ 'x'|float }}|{{ '1.5'|float }}|{{ '1e5'|float }}|{{ ' .5 '|float }}|{{ '1_0.5'|float }}|{{ 'inf'|float }}|{{ no|float(1.0) }}|{{ [1]|float('d') }}
{{ 2.5|round }}|{{ 3.5|round }}|{{ 2.675|round(2) }}|{{ 42.55|round(1, 'floor') }}|{{ 42.55|round(1, 'ceil') }}|{{ 42|round }}|{{ 1234|round(-2) }}|{{ 1250.0|round(-2) }}|{{ 2.1|round(0, 'ceil') }}|{{ 2.5|round|int }}|{{ 3|round(1,'floor') }}
{{ 1|round(method='up') }}
{{ s[0] }}|{{ s[-1] }}|{{ s[1:3] }}|{{ s[:-1] }}|{{ s[::2] }}|{{ s[::-1] }}|{{ s[99:] }}|{{ s[5:1:-1] }}|{{ s[-3:] }}|{{ s[99] is defined }}
{{ l[1:] }}|{{ l[::-1] }}|{{ l[-1] }}|{{ l[:99] }}|{{ (1, 2, 3)[1:] }}|{{ l[no:2] }}|{{ l[true] }}|{{ l.0 }}|{{ l['x'] is defined }}|{{ l[1.0] is defined }}
{{ l[::0] }}
{{ n[1:] }}
{{ d['a'] }}|{{ d.a }}|{{ d.get('a') }}|{{ d.get('q') }}|{{ d.get('q', 5) }}|{{ d['q'] is defined }}|{{ 'a' in d }}|{{ d|length }}|{{ d[[]] is defined }}
{{ d.items() }}|{{ d.keys() }}|{{ d.values() }}|{{ d.items()|list }}|{{ d.keys()|list|first }}|{{ d|list }}|{{ d.items()[0] is defined }}|{{ d.keys()|length }}
{{ {'items': 1}.items }}
{{ {'items': 1}['items'] }}|{{ {'get': 2}['get'] }}|{{ {1: 'a', '1': 'b', 1.0: 'c', true: 'd'} }}|{{ {(1, 2): 3}[(1, 2)] }}|{{ {none: 1}[none] }}
{{ {[]: 1} }}
{{ d.update({'x': 1}) }}
{{ l.append(1) }}
{{ d.nope() }}
{{ s.nope() }}
{{ 'x'() }}
{{ s.upper()|lower }}|{{ s.split() }}|{{ s.split('o') }}|{{ s.split('o', 1) }}|{{ ' a  b '.split() }}|{{ 'a,b,,'.split(',') }}|{{ ''.split(',') }}|{{ ''.split() }}|{{ ' a b  c '.split(None, 1) }}|{{ 'a b'.split(maxsplit=0) }}
{{ 'a-b-c'.rsplit('-', 1) }}|{{ ' a b  c '.rsplit(None, 1) }}|{{ 'aXXb'.rsplit('XX') }}|{{ 'a:b:c'.partition(':') }}|{{ 'a:b:c'.rpartition(':') }}|{{ 'abc'.partition(':') }}|{{ 'abc'.rpartition(':') }}|{{ 'aaa'.rsplit('aa', 1) }}
{{ 'a'.split('') }}
{{ '  x '.strip() ~ '|' ~ '  x '.lstrip() ~ '|' ~ '  x '.rstrip() ~ '|' }}|{{ 'xyax'.strip('xy') }}|{{ 'a\n\n'.rstrip('\n') ~ '.' }}|{{ '\u00a0x\u2003'.strip() }}|{{ '\u200bx'.strip()|length }}
{{ 'a\nb\r\nc\u2028d'.splitlines() }}|{{ 'a\n'.splitlines(true) }}|{{ ''.splitlines() }}|{{ '\n'.splitlines() }}
{{ s.startswith('He') }}|{{ s.endswith(('x', 'ld')) }}|{{ s.startswith('') }}|{{ s.find('o') }}|{{ s.rfind('o') }}|{{ s.find('q') }}|{{ s.count('o') }}|{{ s.count('') }}|{{ s.find('o', 5) }}|{{ s.index('W') }}|{{ s.count('l', 0, 5) }}|{{ ''.find('') }}|{{ 'abc'.find('', 9) }}
{{ s.index('q') }}
{{ s.startswith(1) }}
{{ s.startswith(['H']) }}
{{ s.replace('o', '0') }}|{{ s.replace('o', '0', 1) }}|{{ 'ab'.replace('', '-') }}|{{ 'ab'.replace('', '-', 2) }}|{{ 'ab'.replace('a', '') }}|{{ 'aaa'.replace('aa', 'b') }}|{{ ''.replace('', 'x') }}
{{ s.title() }}|{{ "they're bill's".title() }}|{{ "they're bill's-x (y"|title }}|{{ 'hELLO wORLD'|capitalize }}|{{ u.upper() }}|{{ u.lower() }}|{{ 'ΑΣ ΣΑΣ.'.lower() }}|{{ 'ΣΑΣ'|capitalize }}|{{ 'ǆx'.title() }}|{{ 'ßx'.capitalize() }}|{{ 'ﬁx'.title() }}|{{ 'AbC'.swapcase() }}|{{ 'éA'|title }}
{{ 'abc'.isalpha() }}|{{ '12'.isdigit() }}|{{ ''.isdigit() }}|{{ 'a1'.isalnum() }}|{{ ' \t'.isspace() }}|{{ 'AB1'.isupper() }}|{{ 'ab'.islower() }}|{{ '1'.islower() }}|{{ 'é'.isascii() }}|{{ '½'.isalnum() }}|{{ '٣'.isdecimal() }}
{{ 'ab'.center(5) ~ '|' ~ 'ab'.center(6, '*') ~ '|' ~ 'abc'.center(6) ~ '|' ~ 'a'.ljust(3) ~ '|' ~ 'a'.rjust(3, '0') ~ '|' ~ '-5'.zfill(4) ~ '|' }}
{{ 'abc'.removeprefix('a') }}|{{ 'abc'.removesuffix('bc') }}|{{ 'abc'.removesuffix('') }}|{{ ', '.join(['a', 'b']) }}|{{ '-'.join('abc') }}|{{ '-'.join(d) }}
{{ ','.join([1]) }}
{{ '%s has %d' % ('x', 3) }}|{{ '%5.2f|%-5s|%05d|%+d' % (3.14159, 'ab', 42, 7) }}|{{ '%(a)s' % {'a': 1} }}|{{ '100%%' % () }}|{{ '%s' % 'x' }}|{{ '%s' % [1] }}|{{ '%r' % 'a' }}|{{ '%.2s' % 'abc' }}|{{ '%*d' % (5, 3) }}|{{ '%d' % 3.9 }}
{{ '%d' % 'x' }}
{{ '%s %s' % 'x' }}
{{ '%s' % (1, 2) }}
{{ 'x' % 1 }}
{{ '%q' % 1 }}
{{ '{} {}'.format('a', 1) }}|{{ '{0}{1}{0}'.format('a', 'b') }}|{{ '{x}'.format(x=2) }}|{{ '{{}}'.format() }}|{{ '%s-%s'|format('a', 2) }}|{{ '%(x)s'|format(x=1) }}
{{ "it's" }}|{{ ["it's", 'say "x"', 'both \' and "', 'back\\slash', 'é\n\t', '\x00\x7f', '\u200b', '\U0001f600', '\xa0'] }}
{{ 'caf\u00e9 \x41 \d \u0027 \101 \8' }}|{{ 'a' 'b' "c" }}|{{ '\\n' }}|{{ 'a\¶b' }}|{{ '\é' }}
{{ '\x4' }}
{{ '\ud83d' }}
{{ tools|tojson }}|{{ tools[0]|tojson(indent=2) }}|{{ {'a': [1, {'b': []}], 'c': {}}|tojson(indent=4) }}|{{ [1,2]|tojson(separators=(',', ':')) }}
{{ {'b': 1, 'a': no, 1: t, 2.5: f, none: 'x', true: 1}|tojson }}|{{ d|tojson(sort_keys=true) }}|{{ 'é😀"\\/<&\x7f\x01'|tojson }}|{{ 'é😀'|tojson(ensure_ascii=true) }}|{{ (1, 2)|tojson }}|{{ [1]|tojson(indent=0) }}|{{ [1e16, 1.0, 10**20]|tojson }}|{{ [1]|tojson(indent='--') }}
{{ range(3)|tojson }}
{{ {(1, 2): 1}|tojson }}
{{ w|sort }}|{{ w|sort(case_sensitive=true) }}|{{ w|sort(reverse=true) }}|{{ rows[:3]|sort(attribute='v', reverse=true) }}|{{ rows[:3]|sort(attribute='k,v') }}|{{ d|dictsort }}|{{ d|dictsort(true) }}|{{ d|dictsort(by='value') }}|{{ d|dictsort(false, 'value', true) }}
{{ [1, 'a']|sort }}
{{ rows|sort(attribute='v') }}
{{ w|unique|list }}|{{ w|unique(true)|list }}|{{ [1, 1.0, true, 2]|unique|list }}|{{ rows|unique(attribute='k')|list }}|{{ l|min }}|{{ l|max }}|{{ w|max }}|{{ w|min(true) }}|{{ []|max }}|{{ rows[:3]|max(attribute='v') }}|{{ l|sum }}|{{ [0.1, 0.2, 3]|sum }}|{{ rows[:3]|sum(attribute='v') }}|{{ l|sum(start=10) }}|{{ [[1], [2]]|sum(start=[]) }}
{{ ['a']|sum }}
{{ l|join }}|{{ l|join(', ') }}|{{ rows|join('-', attribute='k') }}|{{ 'abc'|join(',') }}|{{ [no, t, nope]|join('|') }}|{{ l|join(d=';') }}|{{ d|join }}
{{ l|first }}|{{ l|last }}|{{ s|first }}|{{ s|last }}|{{ []|first }}|{{ d|first }}|{{ d|last }}|{{ l|reverse|list }}|{{ s|reverse }}|{{ d|reverse|list }}|{{ l|list }}|{{ s[:3]|list }}|{{ range(5)|list|last }}
{{ l|select|last }}
{{ l|map('string')|length }}
{{ l|reverse|length }}
{{ l|map('string') is defined }}|{{ l|select('odd')|list }}|{{ l|reject('odd')|list }}|{{ l|select('gt', 1)|list }}|{{ l|select('in', [1, 2])|list }}|{{ [0, 1, '', 'a', no]|select|list }}|{{ [0, 1, nope]|reject|list }}|{{ l|select('divisibleby', 2)|list }}
{{ rows|selectattr('v')|list|length }}|{{ rows|selectattr('v', 'defined')|list|length }}|{{ rows|rejectattr('v')|map(attribute='k')|list }}|{{ rows|selectattr('k', 'equalto', 'x')|map(attribute='v')|join(',') }}|{{ rows|selectattr('k', '==', 'x')|first }}|{{ rows|map(attribute='v', default=0)|list }}|{{ rows|map('length')|list }}|{{ w|map('upper')|join }}|{{ rows|map(attribute='v')|list }}
{{ messages|map(attribute='content.0.text')|list }}|{{ messages|selectattr('role', 'in', ['user', 'tool'])|list|length }}|{{ messages|map(attribute='role')|unique|join(',') }}
{{ l|map('nosuch')|list }}
{{ l|select('nosuch')|list }}
{{ l|map }}x
{{ l|batch(2)|list }}|{{ l|batch(2, 'x')|list }}|{{ l|slice(2)|list }}|{{ range(7)|slice(3, 0)|list }}|{{ range(7)|batch(3)|list }}|{{ rows|groupby('k') }}|{% for g in rows|groupby('k') %}{{ g.grouper }}{{ g.list|length }}{{ g[0] }}{% endfor %}|{{ w|groupby(none) if false else 1 }}
{{ d|items|list }}|{% for k, v in d|items %}{{ k }}{{ v }}{% endfor %}|{{ nope|items|list }}
{{ l|items|list }}
{{ nope|default('x') }}|{{ ''|default('x') }}|{{ ''|default('x', true) }}|{{ no|default('x') }}|{{ no|d('x', boolean=true) }}|{{ nope|default }}|{{ messages[0].name|default('anon') }}
{{ ' x '|trim }}|{{ '*a*'|trim('*') }}|{{ 12|trim }}|{{ 'aXbX'|replace('X', '-') }}|{{ 'aXbX'|replace('X', '-', 1) }}|{{ 121|replace(1, 'x') }}|{{ 'a b-c_d é'|wordcount }}|{{ 'abc'|center(7) }}|{{ 'x'|upper }}|{{ 1.0|upper }}|{{ no|lower }}|{{ t|string }}
{{ 'a\nb\n\nc'|indent }}|{{ 'a\nb'|indent(2, true) }}|{{ 'a\n\nb'|indent(2, blank=true) }}|{{ 'a\nb'|indent('> ') }}|{{ ''|indent }}|{{ 'a\n'|indent(first=true) }}
{{ 1|indent }}
{{ 'foo bar baz qux'|truncate(9) }}|{{ 'foo bar baz qux'|truncate(9, True) }}|{{ 'foo bar baz qux'|truncate(11) }}|{{ 'foo bar baz qux'|truncate(11, False, '...', 0) }}|{{ 'abc'|truncate(1, true, '', 0) }}
{{ '<b>&"\''|e }}|{{ '<b>'|safe }}|{{ 'a<b'|escape }}|{{ [1]|e }}|{{ '<b>x</b>  y'|striptags }}|{{ 'a'|pprint }}|{{ s|attr('upper') is defined }}|{{ d|attr('a') is defined }}
{% set a = d | tojson | safe if d is mapping else s | string %}{{ a }}|{{ ('<' | e) ~ '<' }}|{{ a is string }}|{{ '<'|safe == '<' }}|{{ ['<'|safe, '&'|e]|join('<') }}|{{ '<'|e|e }}|{{ '<'|e|forceescape }}|{{ a is escaped }}{{ s is escaped }}|{{ a|string|length if false else a is sequence }}|{{ {'<': 1}['<'|safe] }}|{{ '%s' % ('<'|safe) }}|{{ ''|safe or 'empty' }}
{{ 1 is odd }}|{{ 2 is even }}|{{ 6 is divisibleby 3 }}|{{ 6 is divisibleby(4) }}|{{ no is none }}|{{ 1 is number }}|{{ t is number }}|{{ 1.0 is float }}|{{ 1 is integer }}|{{ t is integer }}|{{ t is boolean }}|{{ t is true }}|{{ 1 is true }}|{{ z is false }}
{{ 'a' is string }}|{{ d is mapping }}|{{ l is sequence }}|{{ s is sequence }}|{{ d is sequence }}|{{ d.keys() is sequence }}|{{ range(2) is sequence }}|{{ l is iterable }}|{{ 1 is iterable }}|{{ s is iterable }}|{{ nope is iterable }}|{{ no is iterable }}|{{ l|map('string') is iterable }}|{{ l|map('string') is sequence }}
{{ 'abc' is lower }}|{{ 'ABC' is upper }}|{{ 'aB' is upper }}|{{ range is callable }}|{{ 1 is callable }}|{{ s.upper is callable }}|{{ 'upper' is filter }}|{{ 'nope' is filter }}|{{ 'odd' is test }}|{{ 1 is sameas 1 }}|{{ no is sameas none }}|{{ t is sameas true }}|{{ 1 is sameas true }}|{{ l is sameas 3 }}|{{ 1 is escaped }}
{{ 1 is in [1] }}|{{ 1 is not in [1] }}|{{ 1 is eq 1.0 }}|{{ 1 is ne 1 }}|{{ 2 is gt 1 }}|{{ 2 is ge(2) }}|{{ 2 is lessthan 1 }}|{{ 2 is le 1 }}|{{ 'a' is equalto 'a' }}|{{ 2 is not odd }}|{{ not 2 is odd }}|{{ 1 is defined and 2 is even }}|{{ 3 is odd == true }}
{{ 1 is nosuch }}
{{ [] is filter }}
{{ {} is test }}
{{ 'a' is odd }}
{{ 'x'|nosuch }}
{{ 1 is defined is true }}
{% for x in l %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ loop.depth }}{{ loop.depth0 }},{% endfor %}
{% for x in l %}{{ loop.previtem }}<{{ x }}>{{ loop.nextitem }}{{ loop.previtem is defined }};{% endfor %}
{% for x in l %}{{ loop.cycle('a', 'b') }}{{ loop.changed(x > 1) }}{% endfor %}{% for x in [1, 1, 2] %}{{ loop.changed(x) }}{% endfor %}
{% for x in l %}{{ loop }}{{ loop|string|length }}{% endfor %}
{% for x in [] %}x{% else %}empty{% endfor %}|{% for x in l %}x{% else %}empty{% endfor %}|{% for x in l %}{% break %}{% else %}E{% endfor %}|{% for x in l %}{% continue %}{% else %}E{% endfor %}|{% for x in l %}{% if x == 1 %}{% break %}{% endif %}{{ x }}{% else %}E{% endfor %}
{% for x in l %}{% if x == 1 %}{% continue %}{% endif %}{{ x }}{{ loop.index }}{% endfor %}|{% for x in l if x != 1 %}{{ x }}{{ loop.index }}{{ loop.last }}{{ loop.length }}{% endfor %}|{% for x in l if false %}x{% else %}none{% endfor %}
{% for k, v in d.items() %}{{ k }}={{ v }}{{ loop.last }} {% endfor %}|{% for k, v in d.items() if v > 1 %}{{ k }}{{ loop.previtem }}{% endfor %}|{% for (a, b), c in [((1, 2), 3)] %}{{ a }}{{ b }}{{ c }}{% endfor %}|{% for a, in [[1]] %}{{ a }}{% endfor %}
{% for a, b in [[1]] %}{{ a }}{% endfor %}
{% for a, b in [1] %}{{ a }}{% endfor %}
{% for x in 5 %}{% endfor %}
{% for x in none %}{% endfor %}
{% for c in 'añ😀' %}{{ c }},{% endfor %}{% for i in range(2, 8, 3) %}{{ i }}{% endfor %}{% for i in range(3, 0, -1) %}{{ i }}{% endfor %}{{ range(3) }}{{ range(1, 9, 2) }}{{ range(9)[2] }}{{ range(9)[-1] }}{{ 3 in range(4) }}
{{ range(1, 2, 0) }}
{{ range(1000000) }}
{% for n in [[1, [2, 3]], 4] recursive %}{{ loop.depth }}{% if n is iterable %}({{ loop(n) }}){% else %}{{ n }}{% endif %}{% endfor %}
{% for n in [{'v': 1, 'c': [{'v': 2, 'c': []}]}, {'v': 3, 'c': []}] recursive %}{{ n.v }}{{ loop.index }}{{ loop(n.c) }}{% else %}.{% endfor %}
{% for x in l %}{{ loop(x) }}{% endfor %}
{% for a in l %}{% for b in w %}{{ loop.index }}{% endfor %}{{ loop.index }}{% endfor %}|{% for a in l %}{% for b in [loop.index, loop.last] %}{{ b }}{% endfor %}{% endfor %}
{% set ns = namespace(done=false) %}{% for x in l if not ns.done %}{{ x }}{% if x == 1 %}{% set ns.done = true %}{% endif %}{% endfor %}
{% set ns = namespace(done=false) %}{% for x in l if not ns.done %}{{ x }}{{ loop.last }}{% if x == 1 %}{% set ns.done = true %}{% endif %}{% endfor %}
{% set x = 1 %}{% for i in l %}{% set x = x + i %}{{ x }}{% endfor %}{{ x }}|{% if t %}{% set y = 2 %}{% endif %}{{ y }}|{% if z %}{% set q = 2 %}{% endif %}{{ q is defined }}|{% for i in l %}{{ i }}{% endfor %}{{ i is defined }}
{% for i in l %}{% if loop.first %}{% set y = 'set' %}{% endif %}{{ y is defined }}{% endfor %}|{% for i in l %}{{ s }}{% set s = 'x' %}{{ s }}{% endfor %}{{ s }}
{% for i in l %}{{ s }}{% endfor %}{% set s = 'late' %}{{ s }}
{% macro m() %}[{{ s }}]{% endmacro %}{{ m() }}{% set s = 'late' %}{{ m() }}
{{ s }}{% for i in l %}{{ s }}{% endfor %}{% set s = 'late' %}{{ s }}
{% if z %}{% set s = 'x' %}{% endif %}{{ s }}|{% if t %}{% set s = 'y' %}{% endif %}{{ s }}{% for i in l %}{{ s }}{% endfor %}
{% for i in l %}{% for j in w %}{{ s }}{% endfor %}{% set s = 'x' %}{% endfor %}
{% set a, b = 1, 2 %}{{ a }}{{ b }}|{% set c = 1, 2 %}{{ c }}|{% set (x, y) = 'ab' %}{{ x }}{{ y }}|{% set a, b = b, a %}{{ a }}{{ b }}
{% set a, b = 1 %}
{% set ns = namespace(a=1, b='x') %}{% set ns.a = ns.a + 1 %}{% set ns.c = [1] %}{{ ns.a }}{{ ns.b }}{{ ns.c }}{{ ns.q is defined }}{{ ns['a'] }}{{ ns }}|{% set n2 = namespace({'k': 1}) %}{{ n2.k }}|{{ namespace() is mapping }}|{{ not namespace() }}
{% set ns.x = 1 %}
{% set d.x = 1 %}
{{ namespace(_x=1) }}
{% set ns = namespace() %}{% set ns.__x = 1 %}
{% set t2 %}block {{ n }}{% endset %}[{{ t2 }}]|{% set t3 | upper | replace('A', '4') %}abc{% endset %}{{ t3 }}|{% set t4 %}{% set inner = 1 %}x{% endset %}{{ inner is defined }}{{ t4 is string }}
{% for x in l %}{% set b %}{{ x }}{% if loop.last %}{% break %}{% endif %}{% endset %}{{ b }}{% endfor %}
{% filter upper %}a{{ s }}{% endfilter %}|{% filter trim | replace('a', 'b') %}  aa {% endfilter %}|{% filter indent(2) %}a¶b{% endfilter %}
{% with a = 1, b = n %}{{ a }}{{ b }}{% set c = 3 %}{{ c }}{% endwith %}{{ a is defined }}{{ c is defined }}|{% with %}{{ n }}{% endwith %}|{% with n = 1, m = n %}{{ m }}{% endwith %}
{% macro f(x, y='d', z=x) %}<{{ x }}{{ y }}{{ z }}>{% endmacro %}{{ f('a') }}{{ f('b', y='c') }}{{ f() }}{{ f(z=1, x=2) }}{{ f }}{{ f('a')|length }}
{% macro f(x) %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ f(1, 2, 3, k=4) }}{{ f() }}
{% macro f(x) %}{{ x }}{% endmacro %}{{ f(1, 2) }}
{% macro f(x) %}{{ x }}{% endmacro %}{{ f(y=2) }}
{% macro f(x) %}{{ x }}{% endmacro %}{{ f(*[1]) }}{{ f(**{'x': 2}) }}
{% macro f(a, b=n) %}{{ b }}{% endmacro %}{% set n = 1 %}{{ f(1) }}
{% macro fact(k) %}{% if k <= 1 %}1{% else %}{{ k * fact(k - 1)|int }}{% endif %}{% endmacro %}{{ fact(5) }}
{% macro g(x) %}[{{ caller(x) }}]{% endmacro %}{% call(y) g(2) %}{{ y }}{{ s }}{% endcall %}|{% macro h() %}{{ caller() if caller else 'no' }}{% endmacro %}{{ h() }}{% call h() %}x{% endcall %}|{% macro k() %}{{ caller is defined }}{% endmacro %}{{ k() }}
{% macro g() %}x{% endmacro %}{% call g() %}y{% endcall %}
{% call s %}y{% endcall %}
{% generation %}gen {{ eos_token }}{% set gx = 1 %}{% endgeneration %}{{ gx is defined }}|{% for m in messages %}{% generation %}{{ loop.index }}{{ m.role }}{% endgeneration %}{% endfor %}
{% for x in l %}{% generation %}{% break %}{% endgeneration %}{% endfor %}
{% break %}
{% set j = joiner(', ') %}{% for x in l %}{{ j() }}{{ x }}{% endfor %}|{{ dict(a=1, b=2) }}|{{ dict([('a', 1)]) }}|{{ dict({'x': 1}, y=2) }}|{{ dict(d).a }}|{% print 1, 'a' %}|{{ joiner is defined }}{{ strftime_now is defined }}{{ raise_exception is defined }}{{ lipsum is defined }}
{{ raise_exception('no ' ~ n) }}
{% if false %}{{ raise_exception('x') }}{% elif n == 7 %}seven{% else %}x{% endif %}|{% if n == 1: %}a{% endif %}|{% if not n %}a{% elif z %}b{% else %}c{% endif %}|{% if 1, 2 %}x{% endif %}
a {# note with {{ braces }} and 'quote #} b|a  {#- note -#}  b|{# a ¶ b #}|{#- x #}{#+ y +#}
line¶   {% if true %}¶  in¶   {% endif %}¶out¶
line¶   {%- if true %}¶  in¶   {%- endif -%}¶  out¶¶
  {%+ if true %}x{% endif +%}¶y
a¶  {# note #}¶  b¶
a¶  {{ 'x' }}¶  b¶
a  {{- ' x ' -}}  b¶¶ {%- set x = 1 -%} ¶c¶{{+ 1 }}
{% if true %}¶¶¶x{% endif %}
¶¶  {% for x in l -%}¶   {{ x }} ¶  {%- endfor %}¶¶
  {% if t %}  {% if t %}¶x  {% endif %} {% endif %}¶  y
{% raw %}{{ x }} {% if %}{% endraw %}|{%- raw -%}  {# x #} {%- endraw -%}  y|a¶  {% raw %}¶ b ¶  {% endraw %}¶c
{{ '{{ 7 * 7 }}' }}{{ '{% if %}' }}{{ '}}' }}{{ {'a': {'b': 1}}['a']['b'] }}{{ {'a': {'b': 1}} }}{{ "%}" }}{% set x = '%}' %}{{ x }}
{{ 1_000 }}|{{ 0x1F }}|{{ 0b101 }}|{{ 0o17 }}|{{ 1_0.5_0 }}|{{ 1e+2 }}|{{ 1E-2 }}|{{ 00 }}
{{ 012 }}
{{ '' if t }}{{ [1, 2,] }}{{ {'a': 1,} }}{{ (1,)|length }}{{ [[], {}, ()] }}{{ [1, 2][0] + {'a': 5}.a }}
{{ (1 }}
{{ 1 2 }}
{{ a b }}
{{ }}
{{ 'a }}
{% if %}x{% endif %}
{% if t %}x
{% endif %}
{% for x l %}{% endfor %}
{% nosuch %}
{% set 1 = 2 %}
{% set true = 2 %}
{{ [1, 2 }}
{{ 1 + }}
{{ x.. }}
{{ {1} }}
{{ f(a=1, 2) }}
{% for x in l %}{% else %}{% else %}{% endfor %}
{% include 'x' %}
{{ $ }}
{{ s.upper }}
{{ '%s' % s.upper is defined }}|{{ s['upper']() }}|{{ s.upper is defined }}|{{ s|string|length }}|{{ (s ~ n)|length }}|{{ s|length // 2 }}|{{ 'ab' 'cd'|upper }}|{{ not s is defined }}|{{ s is defined and s or 'x' }}
{%- if messages[0]['role'] == 'system' %}{%- set system_message = messages[0]['content'] %}{%- set loop_messages = messages[1:] %}{%- else %}{%- set loop_messages = messages %}{%- endif %}{{ loop_messages|length }}{{ system_message[0].text|trim }}
{{ messages[-1].role }}{{ messages[::-1][0].role }}{{ messages[loop_index|default(1)].content[1].text }}{{ (messages|last).role }}{{ messages[1:]|length }}{{ messages[messages|length-1].content }}
{% set content = messages[2].content %}{% if '</think>' in content %}{% set content = content.split('</think>')[-1].lstrip('\n') %}{% endif %}{{ content }}{{ messages[2].tool_calls[0].function.arguments|tojson }}{{ messages[2].tool_calls is defined and messages[2].tool_calls is not none }}
"""


def by_hand():
    return [line.replace("¶", "\n") for line in BY_HAND.strip("\n").split("\n")]


class Grammar:
    """Makes templates: most of them valid, most of their expressions of fitting types."""

    def __init__(self, seed):
        self.r = random.Random(seed)

    def one(self, *choices):
        return self.r.choice(choices)

    def text(self, depth=2):
        if depth == 0 or self.r.random() < 0.3:
            return self.one("s", "u", "e", "'a'", "'x y'", "' pad '", "\"it's\"", "bos_token", "'a,b,c'", "'é\\n'", "'😀b'")
        t, i = lambda: self.text(depth - 1), lambda: self.integer(depth - 1)
        return self.one(
            lambda: f"{t()} + {t()}",
            lambda: f"({t()} ~ {self.any(depth - 1)})",
            lambda: f"({t()} if {self.truth(depth - 1)} else {t()})",
            lambda: f"({t()})[{self.one('', '-2', '1', i())}:{self.one('', '-1', '3', i())}{self.one('', '', ':-1', ':2')}]",
            lambda: f"({t()})[{self.one('0', '-1', '1')}]",
            lambda: f"({t()}).{self.one('upper', 'lower', 'strip', 'title', 'capitalize', 'lstrip', 'rstrip', 'swapcase')}()",
            lambda: f"({t()}).strip({t()})",
            lambda: f"({t()}).replace({t()}, {t()}{self.one('', ', 1', ', 0', ', -1')})",
            lambda: f"({t()}).{self.one('split', 'rsplit')}({self.one('', t(), chr(39) + ',' + chr(39))})[{self.one('0', '-1')}]",
            lambda: f"({t()}).{self.one('center', 'ljust', 'rjust', 'zfill')}({self.one('3', '8', 'n')})",
            lambda: f"({t()}).{self.one('removeprefix', 'removesuffix')}({t()})",
            lambda: f"({t()}) * {self.one('2', '0', i())}",
            lambda: f"({t()}).join({self.listing(depth - 1)} | map('string'))",
            lambda: f"{t()} | {self.one('upper', 'lower', 'trim', 'title', 'capitalize', 'reverse', 'first', 'last', 'string')}",
            lambda: f"{self.any(depth - 1)} | {self.one('string', 'tojson', 'tojson(indent=1)', 'upper', 'trim')}",
            lambda: f"{self.any(depth - 1)} | default({t()}{self.one('', ', true')})",
            lambda: f"{t()} | replace({t()}, {self.any(0)})",
            lambda: f"{t()} | indent({self.one('', '2', '1, true', 'first=true', 'blank=true')})",
            lambda: f"{t()} | truncate({self.one('5', '3, true', '4, false, ' + chr(39) + chr(39))})",
            lambda: f"{self.listing(depth - 1)} | join({self.one('', t())})",
            lambda: f"'%s-%r' % ({self.any(depth - 1)}, {self.any(depth - 1)})",
            lambda: f"'%5d|%-4s|%.2f' % ({i()}, {t()}, {self.number(depth - 1)})",
            lambda: f"'{{}}:{{}}'.format({self.any(depth - 1)}, {self.any(0)})",
        )()

    def integer(self, depth=2):
        if depth == 0 or self.r.random() < 0.3:
            return self.one("0", "1", "2", "-3", "n", "z", "10", "t", "l[0]", "d.a", "loop.index", "123456789012")
        i = lambda: self.integer(depth - 1)
        return self.one(
            lambda: f"({i()} {self.one('+', '-', '*', '//', '%')} {i()})",
            lambda: f"{i()}{self.one('+', '-', '*', '//', '%')}{i()}",
            lambda: f"{i()} ** {self.one('2', '3', '0')}",
            lambda: f"-{i()}",
            lambda: f"{self.text(depth - 1)} | length",
            lambda: f"{self.listing(depth - 1)} | {self.one('length', 'count')}",
            lambda: f"({self.text(depth - 1)}).{self.one('find', 'count', 'rfind')}({self.text(0)})",
            lambda: f"{self.any(depth - 1)} | int{self.one('', '(5)')}",
            lambda: f"{self.number(depth - 1)} | {self.one('abs', 'int', 'round | int')}",
            lambda: f"{self.numbers(depth - 1)} | {self.one('sum', 'min', 'max', 'first', 'last')}",
            lambda: f"{self.text(depth - 1)} | wordcount",
        )()

    def number(self, depth=2):
        if depth == 0 or self.r.random() < 0.5:
            return self.one("f", "1.5", "0.1", "-2.25", "1e3", "n", "3")
        x = lambda: self.number(depth - 1)
        return self.one(
            lambda: f"({x()} {self.one('+', '-', '*', '/', '//', '%')} {x()})",
            lambda: f"{x()} | round{self.one('', '(1)', '(2)', '(0, ' + chr(39) + 'floor' + chr(39) + ')', '(1, ' + chr(39) + 'ceil' + chr(39) + ')')}",
            lambda: f"{self.any(depth - 1)} | float",
            lambda: self.integer(depth - 1),
        )()

    def numbers(self, depth=1):
        return self.one("l", "[1, 2.5, 0]", "range(4)", "[t, 3]", f"[{self.integer(depth)}, {self.number(0)}]", "(4, 2)")

    def listing(self, depth=2):
        if depth == 0 or self.r.random() < 0.3:
            return self.one("l", "w", "rows", "messages", "d", "[]", "(1, 'a')", "range(3)", "s", "d.items()", "['b', 'A', none]")
        x = lambda: self.listing(depth - 1)
        return self.one(
            lambda: f"[{self.any(depth - 1)}, {self.any(depth - 1)}]",
            lambda: f"({x()} | list)",
            lambda: f"({x()} | list)[{self.one('1:', ':-1', '::-1', '::2', '-1:')}]",
            lambda: f"({x()} | list) + [{self.any(0)}]",
            lambda: f"({x()} | {self.one('select', 'reject')}({self.one('', *map(repr, ['string', 'number', 'defined', 'none', 'mapping']))}) | list)",
            lambda: f"({self.numbers(depth - 1)} | {self.one('select', 'reject')}({self.one(repr('odd'), repr('even'), repr('gt') + ', 1', repr('eq') + ', 2')}) | list)",
            lambda: f"(rows | {self.one('selectattr', 'rejectattr')}({self.one(repr('v'), repr('k') + ', ' + repr('equalto') + ', ' + repr('x'), repr('v') + ', ' + repr('defined'))}) | list)",
            lambda: f"({x()} | map({self.one(repr('string'), repr('upper'), repr('length'), repr('tojson'), 'attribute=' + repr('k'), 'attribute=' + repr('v') + ', default=0')}) | list)",
            lambda: f"({self.one('w', 'l', 's', 'u')} | sort({self.one('', 'true', 'case_sensitive=true', 'reverse=true')}))",
            lambda: f"({x()} | unique | list)",
            lambda: f"({x()} | reverse | list)",
            lambda: f"({x()} | {self.one('batch', 'slice')}({self.one('2', '3', '2, 0')}) | list)",
            lambda: f"(d | {self.one('dictsort', 'items', 'dictsort(true)', 'dictsort(by=' + repr('value') + ')')} | list)",
            lambda: f"({self.text(depth - 1)}).{self.one('split()', 'splitlines()', 'partition(' + repr(' ') + ')', 'split(' + repr(' ') + ', 1)')}",
        )()

    def truth(self, depth=2):
        if depth == 0 or self.r.random() < 0.2:
            return self.one("t", "false", "z", "no", "nope", "l", "e", "loop.first", "loop.last", "tools", "documents")
        x, i = lambda: self.truth(depth - 1), lambda: self.integer(depth - 1)
        return self.one(
            lambda: f"{x()} {self.one('and', 'or')} {x()}",
            lambda: f"not {x()}",
            lambda: f"({x()})",
            lambda: f"{i()} {self.one('==', '!=', '<', '<=', '>', '>=')} {i()}",
            lambda: f"{i()} < {i()} <= {self.number(depth - 1)}",
            lambda: f"{self.text(depth - 1)} {self.one('==', '!=', '<', 'in', 'not in')} {self.text(depth - 1)}",
            lambda: f"{self.any(depth - 1)} {self.one('in', 'not in')} {self.listing(depth - 1)}",
            lambda: f"{self.any(depth - 1)} == {self.any(depth - 1)}",
            lambda: f"{self.any(depth - 1)} is {self.one('', 'not ')}{self.one('defined', 'undefined', 'none', 'string', 'number', 'mapping', 'sequence', 'iterable', 'boolean', 'integer', 'float', 'true', 'false', 'upper', 'lower')}",
            lambda: f"{i()} is {self.one('odd', 'even', 'divisibleby 3', 'eq 1', 'gt(1)', 'in [1, 2]')}",
            lambda: f"({self.text(depth - 1)}).{self.one('startswith', 'endswith')}({self.text(0)})",
            lambda: f"({self.text(depth - 1)}).{self.one('isalpha', 'isdigit', 'isspace', 'isupper', 'islower', 'isalnum')}()",
        )()

    def any(self, depth=2):
        if self.r.random() < 0.06:
            return self.one("nope", "rows[3].v", "messages[0].nope", "no", "messages[2]", "rows[1]", "{'a': [1, none]}", "(1,)")
        return self.one(self.text, self.text, self.integer, self.number, self.listing, self.truth)(depth)

    def tag(self, inner, variable=False):
        begin, end = ("{{", "}}") if variable else ("{%", "%}")
        return begin + self.one("", "", "", "-", "+" if not variable else "") + f" {inner} " + self.one("", "", "", "-") + end

    def block(self, depth):
        return "".join(self.statement(depth) for _ in range(self.r.randint(1, 3)))

    def statement(self, depth):
        data = self.one("", " ", "\n", "\n  ", "x", " y\n", "a\n\n ", "<|im_start|>", "\t")
        out = lambda: self.tag(self.any(2), True)
        if depth == 0:
            return data + out() + self.one("", "\n", " z")
        b = lambda: self.block(depth - 1)
        t = self.tag
        return data + self.one(
            out,
            out,
            lambda: t("if " + self.truth()) + b() + (t("elif " + self.truth()) + b() if self.r.random() < 0.3 else "")
            + (t("else") + b() if self.r.random() < 0.5 else "") + t("endif"),
            lambda: t(f"for x in {self.listing()}") + b() + self.one("", "{{ x }}{{ loop.index }}")
            + (t("else") + b() if self.r.random() < 0.3 else "") + t("endfor"),
            lambda: t(f"for n in {self.numbers()} if {self.one('n > 1', self.truth(1), 'n is odd')}") + b() + "{{ n }}{{ loop.last }}"
            + t("endfor"),
            lambda: t("for k, v in d.items()") + "{{ k }}" + self.one("", "{% if v == 1 %}{% continue %}{% endif %}", "{% if loop.index > 1 %}{% break %}{% endif %}")
            + b() + t("endfor"),
            lambda: t(f"set {self.one('s', 'n', 'v1')} = {self.any()}") + b(),
            lambda: t("set s") + b() + t("endset") + "{{ s }}",
            lambda: t("set ns = namespace(c=0)") + t("for x in l") + "{% set ns.c = ns.c + x %}" + b() + t("endfor") + "{{ ns.c }}",
            lambda: t(f"macro mac(x, y={self.any(1)})") + b() + "{{ x }}{{ y }}" + t("endmacro") + f"{{{{ mac({self.any(1)}) }}}}",
            lambda: t(self.one("filter upper", "filter trim", "filter replace('a', 'b')")) + b() + t("endfilter"),
            lambda: t(f"with n = {self.any(1)}") + b() + t("endwith"),
            lambda: t("generation") + b() + t("endgeneration"),
            lambda: self.one("{# c #}", "{#- c -#}", "  {# c #}\n") + b(),
        )()

    def template(self):
        return "".join(self.statement(self.r.choice([0, 0, 1, 1, 2])) for _ in range(self.r.randint(1, 3)))


def expected(source):
    try:
        # |indent of a list changes it before it raises an error
        text = _compile_jinja_template(source).render(**copy.deepcopy(VARIABLES))
        text.encode()
    except Exception as error:  # which one does not matter: there has to be one
        return {"error": type(error).__name__}
    # an address in memory differs from run to run
    return {"refused": True} if " at 0x" in text else {"text": text}


def from_grammar(seed, count):
    """Of templates that raise an error only every tenth: most of them say nothing else."""
    grammar, errors = Grammar(seed), 0
    while count > 0:
        source = grammar.template()
        if len(source) > 400:
            continue
        result = expected(source)
        if len(result.get("text", "")) > 400:
            continue
        if "text" not in result:
            errors += 1
            if errors % 10:
                continue
        count -= 1
        yield {"source": source, **result}


def main():
    out = sys.argv[1]
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 500
    with open(out, "w", encoding="utf-8", newline="\n") as file:
        lines = [VARIABLES]
        lines += [{"source": source, **expected(source)} for source in by_hand()]
        lines += from_grammar(seed, count)
        for line in lines:
            file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
