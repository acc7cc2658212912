package io.superneurons.text;

import com.hubspot.jinjava.el.TypeConvertingMapELResolver;
import com.hubspot.jinjava.el.ext.JinjavaBeanELResolver;
import com.hubspot.jinjava.el.ext.JinjavaListELResolver;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.util.ForLoop;
import java.beans.FeatureDescriptor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import jinjava.javax.el.CompositeELResolver;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELResolver;

/**
 * What a template may do with a value: what Python offers on str, dict and list, read-only, and
 * nothing of Java. A template is untrusted, and Jinjava on its own lets it call every public method
 * of every object.
 */
final class PythonTypes extends ELResolver {

  /**
   * All resolvers that an expression needs; Java objects other than Jinjava's own cannot be
   * reached.
   */
  static ELResolver resolver() {
    CompositeELResolver resolvers = new CompositeELResolver();
    resolvers.add(new PythonTypes());
    resolvers.add(new JinjavaListELResolver(true));
    resolvers.add(new TypeConvertingMapELResolver(true));
    resolvers.add(new EngineObjects());
    return resolvers;
  }

  @Override
  public Object getValue(ELContext context, Object base, Object property) {
    if (!(base instanceof String text)) {
      return null;
    }
    context.setPropertyResolved(true);
    String index = String.valueOf(property);
    if (!index.matches("-?\\d{1,9}")) {
      return null;
    }
    int at = Integer.parseInt(index);
    int from = at < 0 ? at + text.length() : at;
    return from < 0 || from >= text.length() ? null : String.valueOf(text.charAt(from));
  }

  @Override
  public Object invoke(
      ELContext context, Object base, Object method, Class<?>[] types, Object[] arguments) {
    Object[] given = arguments == null ? new Object[0] : arguments;
    Object result;
    if (base instanceof String text) {
      result = PythonStrings.call(text, String.valueOf(method), given);
    } else if (base instanceof Map<?, ?> map) {
      result = onMap(map, String.valueOf(method), given);
    } else if (base instanceof List<?> list) {
      result = onList(list, String.valueOf(method), given);
    } else {
      return null;
    }
    context.setPropertyResolved(true);
    return result;
  }

  private static Object onMap(Map<?, ?> map, String method, Object[] arguments) {
    if (method.equals("get") && arguments.length > 0) {
      Object found = map.get(String.valueOf(arguments[0]));
      return found == null && arguments.length > 1 ? arguments[1] : found;
    }
    return switch (method) {
      case "items" -> List.copyOf(map.entrySet());
      case "keys" -> List.copyOf(map.keySet());
      case "values" -> Collections.unmodifiableList(new ArrayList<>(map.values()));
      case "copy" -> map;
      default -> throw unsupported("dict", method);
    };
  }

  private static Object onList(List<?> list, String method, Object[] arguments) {
    if (arguments.length == 1 && method.equals("index")) {
      return (long) list.indexOf(arguments[0]);
    }
    if (arguments.length == 1 && method.equals("count")) {
      return list.stream().filter(one -> Objects.equals(one, arguments[0])).count();
    }
    if (method.equals("copy")) {
      return list;
    }
    throw unsupported("list", method);
  }

  private static TemplateException unsupported(String type, String method) {
    return new TemplateException(
        String.format(
            Locale.ROOT, "The chat template calls %s.%s, which is not supported", type, method));
  }

  @Override
  public Class<?> getType(ELContext context, Object base, Object property) {
    return null;
  }

  @Override
  public void setValue(ELContext context, Object base, Object property, Object value) {
    // nothing here can be changed; the context is told nothing, so the caller reports it
  }

  @Override
  public boolean isReadOnly(ELContext context, Object base, Object property) {
    return true;
  }

  @Override
  public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
    return Collections.emptyIterator();
  }

  @Override
  public Class<?> getCommonPropertyType(ELContext context, Object base) {
    return Object.class;
  }

  /** The loop variable, filters and tests are Java objects that expressions reach as such. */
  private static final class EngineObjects extends JinjavaBeanELResolver {
    EngineObjects() {
      super(true);
    }

    @Override
    public Object getValue(ELContext context, Object base, Object property) {
      return isEngine(base) ? super.getValue(context, base, property) : null;
    }

    @Override
    public Object invoke(
        ELContext context, Object base, Object method, Class<?>[] types, Object[] arguments) {
      return isEngine(base) ? super.invoke(context, base, method, types, arguments) : null;
    }

    private static boolean isEngine(Object base) {
      return base instanceof ForLoop || base instanceof Filter || base instanceof ExpTest;
    }
  }
}
