package io.superneurons.text;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.ElseTag;
import com.hubspot.jinjava.lib.tag.ForTag;
import com.hubspot.jinjava.objects.collections.PyList;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import com.hubspot.jinjava.tree.parse.TagToken;
import com.hubspot.jinjava.util.ForLoop;
import com.hubspot.jinjava.util.ObjectIterator;
import com.hubspot.jinjava.util.ObjectTruthValue;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code for} with Jinja2's filter ({@code for x in y if z}), which Jinjava would misread, and with
 * a bound on the steps of all loops of one rendering. What it does not do (an {@code else} part,
 * {@code recursive}) it refuses.
 */
final class LoopTag extends ForTag {
  private static final int MAX_STEPS = 100_000;

  private int steps;

  /** Begins a rendering. */
  void reset() {
    steps = 0;
  }

  @Override
  public String interpretUnchecked(TagNode node, JinjavaInterpreter interpreter) {
    for (Node child : node.getChildren()) {
      if (child instanceof TagNode tag && tag.getTag() instanceof ElseTag) {
        throw new TemplateException("for with else is not supported");
      }
    }
    var parts = getLoopVarsAndExpression((TagToken) node.getMaster());
    String expression = parts.getRight();
    if (expression.isBlank()) {
      throw new TemplateException("for without anything to loop over");
    }
    if (expression.endsWith(" recursive")) {
      throw new TemplateException("recursive loops are not supported");
    }
    int condition = topLevelIf(expression);
    if (condition < 0) {
      return super.interpretUnchecked(node, interpreter);
    }
    Object all =
        interpreter.resolveELExpression(expression.substring(0, condition), node.getLineNumber());
    Object kept =
        filtered(
            all,
            parts.getLeft(),
            expression.substring(condition + " if ".length()),
            interpreter,
            node.getLineNumber());
    return renderForCollection(node, interpreter, parts.getLeft(), kept);
  }

  @Override
  public String renderForCollection(
      TagNode node, JinjavaInterpreter interpreter, List<String> names, Object collection) {
    count(ObjectIterator.getLoop(collection));
    return super.renderForCollection(node, interpreter, names, collection);
  }

  private void count(ForLoop loop) {
    steps += Math.max(0, loop.getLength());
    if (steps > MAX_STEPS) {
      throw new TemplateException("its loops take more than " + MAX_STEPS + " steps");
    }
  }

  private static List<Object> filtered(
      Object all, List<String> names, String test, JinjavaInterpreter interpreter, int line) {
    if (names.size() != 1) {
      throw new TemplateException("for with two variables and if is not supported");
    }
    List<Object> kept = new ArrayList<>();
    ForLoop loop = ObjectIterator.getLoop(all);
    while (loop.hasNext()) {
      Object value = interpreter.wrap(loop.next());
      var scope = interpreter.enterScope();
      try {
        interpreter.getContext().put(names.get(0), value);
        if (ObjectTruthValue.evaluate(interpreter.resolveELExpression(test, line))) {
          kept.add(value);
        }
      } finally {
        scope.close();
      }
    }
    return new PyList(kept);
  }

  /** Where {@code if} stands outside of strings and brackets; -1 if nowhere. */
  private static int topLevelIf(String expression) {
    int depth = 0;
    char quote = 0;
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (quote != 0) {
        i += c == '\\' ? 1 : 0;
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if ("([{".indexOf(c) >= 0) {
        depth++;
      } else if (")]}".indexOf(c) >= 0) {
        depth--;
      } else if (depth == 0 && expression.startsWith(" if ", i)) {
        return i;
      }
    }
    return -1;
  }
}
