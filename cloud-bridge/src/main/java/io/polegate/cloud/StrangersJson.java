package io.polegate.cloud;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;

/** How JSON is read that anybody may have written. Stateless. */
final class StrangersJson {
  private StrangersJson() {}

  /** Bounded in depth and lengths, no member twice. */
  static JsonFactory upTo(int maxTextLength) {
    return JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(8)
                .maxNumberLength(64)
                .maxNameLength(256)
                .maxStringLength(maxTextLength)
                .build())
        // names come from strangers: do not remember them
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .build();
  }
}
