package io.polegate.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.settings.Schema;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * JSON schemas (2020-12) of documents and profiles, made of the same settings that the check uses,
 * for editors. They cannot say everything: {@code check} has the last word. Stateless.
 */
final class DocumentSchema {
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  private DocumentSchema() {}

  /** Of documents that name these drivers and formats. */
  static String document(Plugins plugins) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put(Keys.POLE, new SchemaTable().own(Keys.OF_POLE).complete(Keys.OF_POLE).json());
    properties.put(Keys.CLOCK, new SchemaTable().own(Keys.OF_CLOCK).json());
    properties.put(Keys.JOURNAL, new SchemaTable().own(JournalKeys.SCHEMA).json());
    properties.put(Keys.BUSES, SchemaForms.byId(bus(plugins)));
    properties.put(Keys.DEVICES, SchemaForms.byId(device(plugins)));
    properties.put(Keys.CLOUD, SchemaForms.byId(connection(plugins)));
    Map<String, Object> schema = head("document", "The document of a pole (pole.yaml)");
    schema.put("properties", properties);
    schema.put("additionalProperties", false);
    schema.put("required", List.of(Keys.POLE));
    return text(schema);
  }

  /** Of profiles for these drivers. */
  static String profile(Plugins plugins) {
    Map<String, Object> overlay = new LinkedHashMap<>();
    overlay.put("type", "object");
    Map<String, Object> option =
        new SchemaTable()
            .own(Schema.of(Keys.NAME_ZH, Keys.NAME_EN))
            .beside(ProfileKeys.DEFAULT, SchemaForms.scalar())
            .beside(ProfileKeys.CHOICES, SchemaForms.tableOf(overlay))
            .json();
    Map<String, Object> parameter =
        new SchemaTable()
            .own(Schema.of(Keys.NAME_ZH, Keys.NAME_EN))
            .beside("min", Map.of("type", "integer"))
            .beside("max", Map.of("type", "integer"))
            .beside(ProfileKeys.DEFAULT, Map.of("type", "integer"))
            .json();
    Map<String, Object> link = SchemaForms.tableOf(SchemaForms.scalar());
    Map<String, Object> table =
        new SchemaTable()
            .own(ProfileKeys.OF_PROFILE)
            .beside(ProfileKeys.DRIVERS, SchemaForms.list())
            .beside(ProfileKeys.LINK, link)
            .beside(ProfileKeys.ALTERNATIVES, SchemaForms.listOf(link))
            .beside(ProfileKeys.DEVICE, deviceTable(plugins).json())
            .beside(Keys.POINTS, SchemaForms.byId(point(plugins)))
            .beside(Keys.OPTIONS, SchemaForms.byId(option))
            .beside(Keys.PARAMETERS, SchemaForms.byId(parameter))
            .beside(ProfileKeys.IDENTIFY, SchemaForms.tableOf(SchemaForms.list()))
            .beside(ProfileKeys.ADDRESS_CHANGE, SchemaForms.tableOf(SchemaForms.list()))
            .json();
    Map<String, Object> schema = head("profile", "A device profile");
    schema.putAll(table);
    return text(schema);
  }

  private static Map<String, Object> head(String name, String title) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", DIALECT);
    schema.put("$id", "urn:polegate:schema:" + name);
    schema.put("title", title);
    schema.put("type", "object");
    return schema;
  }

  private static Map<String, Object> bus(Plugins plugins) {
    List<Map<String, Object>> drivers = new ArrayList<>();
    new TreeMap<>(plugins.drivers())
        .forEach(
            (name, offered) -> {
              Schema schema = offered.factory().busSettings();
              SchemaTable table =
                  new SchemaTable()
                      .own(Keys.OF_BUS)
                      .complete(Keys.OF_BUS)
                      .plugin(schema)
                      .complete(schema);
              drivers.add(choice(Keys.DRIVER.key(), name, table.json()));
            });
    return among(Keys.DRIVER.key(), plugins.drivers().keySet().stream().sorted().toList(), drivers);
  }

  private static Map<String, Object> connection(Plugins plugins) {
    List<Map<String, Object>> formats = new ArrayList<>();
    new TreeMap<>(plugins.formats())
        .forEach(
            (name, format) -> {
              SchemaTable table =
                  new SchemaTable()
                      .own(Keys.OF_CONNECTION)
                      .plugin(format.settings())
                      .complete(format.settings());
              formats.add(choice(Keys.FORMAT.key(), name, table.json()));
            });
    return among(Keys.FORMAT.key(), plugins.formats().keySet().stream().sorted().toList(), formats);
  }

  /** What holds for tables in which a key has this word. */
  private static Map<String, Object> choice(String key, String word, Map<String, Object> table) {
    Map<String, Object> choice = new LinkedHashMap<>();
    Map<String, Object> chosen = new LinkedHashMap<>();
    chosen.put("properties", Map.of(key, Map.of("const", word)));
    if (!word.equals(Keys.FORMAT.fallbackText())) {
      chosen.put("required", List.of(key)); // the default holds where nothing is written
    }
    choice.put("if", chosen);
    choice.put("then", table);
    return choice;
  }

  private static Map<String, Object> among(
      String key, List<String> words, List<Map<String, Object>> choices) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("type", "object");
    form.put("properties", Map.of(key, Map.of("enum", words)));
    form.put("allOf", choices);
    return form;
  }

  private static Map<String, Object> device(Plugins plugins) {
    return deviceTable(plugins)
        .complete(Keys.OF_DEVICE)
        .beside(Keys.POINTS, SchemaForms.byId(point(plugins)))
        .beside(Keys.OPTIONS, SchemaForms.tableOf(SchemaForms.scalar()))
        .beside(Keys.PARAMETERS, SchemaForms.tableOf(SchemaForms.scalar()))
        .beside(Keys.WITHOUT, SchemaForms.list())
        .json();
  }

  private static SchemaTable deviceTable(Plugins plugins) {
    return plugins(plugins, new SchemaTable().own(Keys.OF_DEVICE), DriverFactory::deviceSettings)
        .beside(Keys.GROUPS, SchemaForms.list())
        .beside(Keys.TAGS, SchemaForms.tableOf(SchemaForms.scalar()))
        .beside(Keys.SETUP, SchemaForms.tableOf(SchemaForms.scalar()));
  }

  private static Map<String, Object> point(Plugins plugins) {
    Map<String, Object> meaning =
        new SchemaTable()
            .beside("raw", SchemaForms.scalar())
            .beside("zh", SchemaForms.scalar())
            .beside("en", SchemaForms.scalar())
            .json();
    Map<String, Object> values =
        SchemaForms.tableOf(SchemaForms.oneOf(List.of(SchemaForms.scalar(), meaning)));
    Map<String, Object> factors = SchemaForms.tableOf(Map.of("type", "number"));
    return plugins(plugins, new SchemaTable().own(Keys.OF_POINT), DriverFactory::pointSettings)
        .beside(Keys.VALUES, values)
        .beside(Keys.FAULT, SchemaForms.list())
        .beside(Keys.ABSENT, SchemaForms.list())
        .beside(Keys.SCALE_FROM, SchemaForms.tableOf(factors))
        .beside(Keys.REFUSE_IF, SchemaForms.tableOf(SchemaForms.scalar()))
        .json();
  }

  /** With what any driver knows: which one it is stands elsewhere in the document. */
  private static SchemaTable plugins(
      Plugins plugins, SchemaTable table, Function<DriverFactory, Schema> settings) {
    new TreeMap<>(plugins.drivers())
        .forEach((name, offered) -> table.plugin(settings.apply(offered.factory())));
    return table;
  }

  private static String text(Map<String, Object> schema) {
    StringWriter text = new StringWriter();
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.setPrettyPrinter(printer);
      write(json, schema);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
    return text + "\n";
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(String.valueOf(entry.getKey()));
        write(json, entry.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object item : list) {
        write(json, item);
      }
      json.writeEndArray();
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Integer number) {
      json.writeNumber(number);
    } else {
      json.writeString(String.valueOf(value));
    }
  }
}
