package io.superneurons.text.jinja;

import io.superneurons.text.jinja.Macro.Signature;
import io.superneurons.text.jinja.Statement.Flow;
import io.superneurons.text.jinja.Statements.Branch;
import io.superneurons.text.jinja.Statements.Pipe;
import io.superneurons.text.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Reads tags and the text between them. */
final class StatementParser {
  private static final Set<String> SPECIALS = Set.of("caller", "varargs", "kwargs");
  private static final Expression PIPED = new Expression.Name(Pipe.TEXT);

  private final TokenStream stream;
  private final ExpressionParser expressions;
  private Set<String> namesRead = new HashSet<>();
  private boolean inLoop;

  private StatementParser(TokenStream stream) {
    this.stream = stream;
    expressions = new ExpressionParser(stream, name -> namesRead.add(name));
  }

  static Body parse(List<Token> tokens) {
    StatementParser parser = new StatementParser(new TokenStream(tokens));
    return parser.body(Set.of());
  }

  /** Statements up to a tag of one of these names, which is the current token then. */
  private Body body(Set<String> ends) {
    stream.enter();
    List<Statement> statements = new ArrayList<>();
    while (!stream.is(Kind.END)) {
      Token token = stream.next();
      if (token.is(Kind.DATA)) {
        statements.add(new Statements.Print(token.line(), new Expression.Constant(token.value())));
      } else if (token.is(Kind.VARIABLE_BEGIN)) {
        statements.add(new Statements.Print(token.line(), expressions.tuple(true)));
        stream.expect(Kind.VARIABLE_END);
      } else if (stream.is(Kind.NAME) && ends.contains(stream.current().value())) {
        stream.leave();
        return new Body(statements);
      } else {
        statements.addAll(tag(token.line()));
        stream.expect(Kind.BLOCK_END);
      }
    }
    if (!ends.isEmpty()) {
      throw stream.error("the template ends before a tag of " + new TreeSet<>(ends));
    }
    stream.leave();
    return new Body(statements);
  }

  private List<Statement> tag(int line) {
    String name = stream.name();
    return switch (name) {
      case "print" -> printed(line);
      case "if" -> List.of(conditional(line));
      case "for" -> List.of(loop(line));
      case "set" -> List.of(set(line));
      case "macro" -> List.of(macro(line));
      case "call" -> List.of(callBlock(line));
      case "filter" -> List.of(filterBlock(line));
      case "with" -> List.of(with(line));
      case "generation" -> List.of(generation(line));
      case "break" -> List.of(leave(line, Flow.BREAK));
      case "continue" -> List.of(leave(line, Flow.CONTINUE));
      case "block", "extends", "include", "import", "from", "autoescape" ->
          throw new JinjaException(line, "the tag '" + name + "' is not supported");
      default -> throw new JinjaException(line, "the tag '" + name + "' is not expected");
    };
  }

  /** The body after a tag, up to an end, whose name is taken too. */
  private Body upTo(String end) {
    Body body = upToOneOf(Set.of(end));
    stream.next();
    return body;
  }

  private Body upToOneOf(Set<String> ends) {
    stream.skipIf(Kind.COLON);
    stream.expect(Kind.BLOCK_END);
    return body(ends);
  }

  private List<Statement> printed(int line) {
    List<Statement> statements = new ArrayList<>();
    while (!stream.is(Kind.BLOCK_END)) {
      if (!statements.isEmpty()) {
        stream.expect(Kind.COMMA);
      }
      statements.add(new Statements.Print(line, expressions.expression()));
    }
    return statements;
  }

  private Statement conditional(int line) {
    List<Branch> branches = new ArrayList<>();
    do {
      Expression test = expressions.tuple(false);
      branches.add(new Branch(test, upToOneOf(Set.of("elif", "else", "endif"))));
    } while (stream.skipIfName("elif"));
    Body otherwise = new Body(List.of());
    if (stream.next().isName("else")) {
      otherwise = upTo("endif");
    }
    return new Statements.If(line, branches, otherwise);
  }

  private Statement loop(int line) {
    Target target = target(false);
    stream.expectName("in");
    Expression items = expressions.tuple(false);
    Optional<Expression> test =
        stream.skipIfName("if") ? Optional.of(expressions.expression()) : Optional.empty();
    boolean recursive = stream.skipIfName("recursive");
    boolean outer = inLoop;
    inLoop = true;
    Body body = upToOneOf(Set.of("endfor", "else"));
    inLoop = outer;
    Body otherwise = new Body(List.of());
    if (stream.next().isName("else")) {
      // that of a recursive loop is in a function
      inLoop = outer && !recursive;
      otherwise = upTo("endfor");
      inLoop = outer;
    }
    return new Loop(line, target, items, test, recursive, body, otherwise);
  }

  private Statement set(int line) {
    Target target = target(true);
    if (stream.skipIf(Kind.ASSIGN)) {
      return new Statements.Set(line, target, expressions.tuple(true));
    }
    Optional<Pipe> pipe =
        stream.is(Kind.PIPE)
            ? Optional.of(new Pipe(expressions.operands().filters(PIPED)))
            : Optional.empty();
    return new Statements.SetBlock(line, target, pipe, upTo("endset"));
  }

  private Target target(boolean withMembers) {
    List<Target> targets = new ArrayList<>();
    boolean several = false;
    do {
      boolean ends = several && (stream.is(Kind.BLOCK_END) || stream.is(Kind.RIGHT_PARENTHESIS));
      if (ends) {
        break;
      }
      targets.add(single(withMembers));
      several = several || stream.is(Kind.COMMA);
    } while (stream.skipIf(Kind.COMMA));
    return several ? new Target.Several(targets) : targets.get(0);
  }

  private Target single(boolean withMembers) {
    if (stream.skipIf(Kind.LEFT_PARENTHESIS)) {
      stream.enter();
      Target inner = target(false);
      stream.expect(Kind.RIGHT_PARENTHESIS);
      stream.leave();
      return inner;
    }
    int line = stream.line();
    String name = stream.name();
    if (withMembers && stream.skipIf(Kind.DOT)) {
      namesRead.add(name);
      return new Target.Member(name, stream.name());
    }
    return new Target.Variable(settable(name, line));
  }

  private static String settable(String name, int line) {
    if (Set.of("true", "false", "none", "True", "False", "None").contains(name)) {
      throw new JinjaException(line, "'" + name + "' cannot be set");
    } else if (Set.of("loop", "self").contains(name) || SPECIALS.contains(name)) {
      throw new JinjaException(line, "setting '" + name + "' is not supported");
    }
    return name;
  }

  private Statement macro(int line) {
    String name = settable(stream.name(), line);
    Set<String> outer = namesRead;
    namesRead = new HashSet<>();
    Signature written = signature();
    outer.addAll(namesRead);
    namesRead = new HashSet<>();
    Body body = isolated(() -> upTo("endmacro"));
    Signature signature = withSpecials(written);
    outer.addAll(namesRead);
    namesRead = outer;
    return new Macro.Definition(line, name, signature, body);
  }

  private Statement callBlock(int line) {
    Set<String> outer = namesRead;
    namesRead = new HashSet<>();
    Signature written = stream.is(Kind.LEFT_PARENTHESIS) ? signature() : Signature.NONE;
    Set<String> inCall = namesRead;
    Expression callee = expressions.expression();
    if (!(callee instanceof Access.Call call)) {
      throw new JinjaException(line, "call needs a call, such as call f()");
    }
    outer.addAll(inCall);
    namesRead = new HashSet<>();
    Body body = isolated(() -> upTo("endcall"));
    Signature signature = withSpecials(written);
    outer.addAll(namesRead);
    namesRead = outer;
    return new Macro.CallBlock(line, call, signature, body);
  }

  private Statement generation(int line) {
    Set<String> outer = namesRead;
    namesRead = new HashSet<>();
    Body body = isolated(() -> upTo("endgeneration"));
    Signature signature = withSpecials(Signature.NONE);
    outer.addAll(namesRead);
    namesRead = outer;
    return new Macro.Generation(line, signature, body);
  }

  /** The body of a function, which break and continue do not leave. */
  private Body isolated(Supplier<Body> read) {
    boolean outer = inLoop;
    inLoop = false;
    Body body = read.get();
    inLoop = outer;
    return body;
  }

  private Signature withSpecials(Signature written) {
    Set<String> specials =
        SPECIALS.stream().filter(namesRead::contains).collect(Collectors.toUnmodifiableSet());
    return new Signature(written.parameters(), written.defaults(), specials);
  }

  private Signature signature() {
    stream.expect(Kind.LEFT_PARENTHESIS);
    List<String> parameters = new ArrayList<>();
    List<Expression> defaults = new ArrayList<>();
    while (!stream.is(Kind.RIGHT_PARENTHESIS)) {
      if (!parameters.isEmpty()) {
        stream.expect(Kind.COMMA);
      }
      int line = stream.line();
      String name = settable(stream.name(), line);
      if (parameters.contains(name)) {
        throw new JinjaException(line, "the parameter '" + name + "' is there twice");
      }
      parameters.add(name);
      if (stream.skipIf(Kind.ASSIGN)) {
        defaults.add(expressions.expression());
      } else if (!defaults.isEmpty()) {
        throw new JinjaException(line, "a parameter without a default follows one with a default");
      }
    }
    stream.expect(Kind.RIGHT_PARENTHESIS);
    return new Signature(parameters, defaults, Set.of());
  }

  private Statement filterBlock(int line) {
    Expression first = expressions.operands().filter(PIPED);
    Pipe pipe = new Pipe(expressions.operands().filters(first));
    return new Statements.FilterBlock(line, pipe, upTo("endfilter"));
  }

  private Statement with(int line) {
    List<Target> targets = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (!stream.is(Kind.BLOCK_END)) {
      if (!targets.isEmpty()) {
        stream.expect(Kind.COMMA);
      }
      targets.add(target(false));
      stream.expect(Kind.ASSIGN);
      values.add(expressions.expression());
    }
    return new Statements.With(line, targets, values, upTo("endwith"));
  }

  private Statement leave(int line, Flow flow) {
    if (!inLoop) {
      throw new JinjaException(line, "break or continue outside of a loop");
    }
    return new Statements.Leave(line, flow);
  }
}
