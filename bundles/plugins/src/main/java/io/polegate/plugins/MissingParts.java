package io.polegate.plugins;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.resource.Namespace;

/** Says in words what a bundle needs and nobody has. Stateless. */
final class MissingParts {
  private static final String OUR_API = "io.polegate.api.";

  private MissingParts() {}

  /** Why a bundle does not resolve, with the remedy. */
  static String of(Bundle bundle, BundleContext context) {
    List<String> missing = new ArrayList<>();
    for (BundleRequirement need :
        bundle.adapt(BundleRevision.class).getDeclaredRequirements(null)) {
      boolean optional =
          Namespace.RESOLUTION_OPTIONAL.equals(
              need.getDirectives().get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE));
      if (!optional && capabilities(context, need.getNamespace()).noneMatch(need::matches)) {
        missing.add(inWords(need, context));
      }
    }
    return missing.isEmpty()
        ? "does not fit together with what is installed (conflicting versions of one package):"
            + " import each package once"
        : String.join("; ", missing);
  }

  private static Stream<BundleCapability> capabilities(BundleContext context, String namespace) {
    return Stream.of(context.getBundles())
        .map(bundle -> bundle.adapt(BundleRevision.class))
        .flatMap(revision -> revision.getDeclaredCapabilities(namespace).stream());
  }

  private static String inWords(BundleRequirement need, BundleContext context) {
    String filter = need.getDirectives().getOrDefault(Namespace.REQUIREMENT_FILTER_DIRECTIVE, "");
    return switch (need.getNamespace()) {
      case PackageNamespace.PACKAGE_NAMESPACE -> missingPackage(filter, context);
      case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE ->
          "is built for another Java, "
              + filter
              + ", and this is "
              + Runtime.version().feature()
              + ": build it with release 17";
      default -> "needs " + need.getNamespace() + " " + filter + ", which nothing here offers";
    };
  }

  private static String missingPackage(String filter, BundleContext context) {
    String name =
        filter.replaceAll(".*\\(" + PackageNamespace.PACKAGE_NAMESPACE + "=([^)]*)\\).*", "$1");
    String offered =
        capabilities(context, PackageNamespace.PACKAGE_NAMESPACE)
            .filter(c -> name.equals(c.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE)))
            .map(c -> String.valueOf(c.getAttributes().get("version")))
            .findFirst()
            .orElse("");
    String remedy =
        name.startsWith(OUR_API)
            ? ": build it against the API of this gateway"
            : ": embed it in the plugin (bnd: -conditionalpackage)";
    return "needs package "
        + name
        + (offered.isEmpty()
            ? ", which nothing here exports"
            : " in another version, " + filter + ", and here is " + offered)
        + remedy;
  }
}
