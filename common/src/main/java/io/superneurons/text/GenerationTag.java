package io.superneurons.text;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.Tag;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;

/** {@code generation}: marks for training what an assistant said; here it is only its body. */
final class GenerationTag implements Tag {
  @Override
  public String getName() {
    return "generation";
  }

  @Override
  public String interpret(TagNode node, JinjavaInterpreter interpreter) {
    StringBuilder body = new StringBuilder();
    for (Node child : node.getChildren()) {
      body.append(child.render(interpreter).getValue());
    }
    return body.toString();
  }
}
