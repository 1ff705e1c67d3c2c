// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .unsafeFlags(["-warnings-as-errors"]),
]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, exclude: ["README.md"], swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.init(stringLiteral: name)] + dependencies, resources: resources,
    swiftSettings: strict)
}

let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let flyingSocks: Target.Dependency = .product(name: "FlyingSocks", package: "FlyingFox")

let package = Package(
  name: "trainfree",
  products: [
    .executable(name: "trainfree", targets: ["trainfree"]),
    .executable(name: "trainfree-bench", targets: ["trainfree-bench"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/swhitty/FlyingFox", exact: "0.27.1"),
  ],
  targets: [
    .systemLibrary(name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"])]),
    .systemLibrary(name: "CPango", pkgConfig: "pangocairo", providers: [.apt(["libpango1.0-dev"])]),
    .systemLibrary(name: "CGLib", pkgConfig: "glib-2.0", providers: [.apt(["libglib2.0-dev"])]),
    .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(
      name: "CMarkdown", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
    module("Diagnostics"),
    .target(name: "CFiles", exclude: ["README.md"]),
    module("Files", ["CFiles", "CGLib"]),
    module("Outcomes"),
    module("Sizes"),
    module("Documents", ["Outcomes", "Diagnostics", yams]),
    module("Tables", ["Outcomes", "Diagnostics"]),
    .target(
      name: "CKernels", exclude: ["README.md"], cSettings: [.unsafeFlags(["-O3", "-ffp-contract=off"])],
      linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
    module("ElementaryFunctions", ["CKernels"]),
    module("Tensors", ["Outcomes", "CKernels", "ElementaryFunctions"]),
    module("Gradients", ["Tensors"]),
    module(
      "Networks", ["Diagnostics", "ElementaryFunctions", "Outcomes", "SearchSpaces", "Gradients", "Sizes", "Tensors"]),
    module(
      "Metrics",
      ["Outcomes", "ElementaryFunctions", "Networks", "Gradients", "Proxies", "Sizes", "Tables", "Tensors"]),
    module("Statistics", ["Outcomes", "CKernels", "ElementaryFunctions"]),
    module(
      "SearchSpaces", ["Outcomes", "Diagnostics", "Documents", "ElementaryFunctions", "Files", "Sizes", "Statistics"]),
    module(
      "Specs",
      [
        "Claims", "Diagnostics", "Documents", "Expressions", "Outcomes", "Proxies", "Sizes", "Statistics", "Tables",
      ]),
    module(
      "Datasets",
      [
        "Outcomes", "Tables", "SearchSpaces", "Specs", "Diagnostics", "Documents", "Files", "Sizes", "CArchive", sqlite,
      ]),
    module("Expressions", ["Diagnostics", "ElementaryFunctions", "Tables"]),
    module("ArchitectureSearch", ["Outcomes", "ElementaryFunctions", "Statistics"]),
    module("Proxies", ["Diagnostics", "ElementaryFunctions", "Expressions", "Outcomes", "Statistics"]),
    module("Reductions", ["Outcomes", "Expressions", "Tables", "Statistics"]),
    module("Forensics", ["Documents", "Outcomes", "Specs", "Tables", "Statistics"]),
    module("Claims", ["Outcomes", "Documents", "Statistics"]),
    .target(name: "CStore", exclude: ["README.md"]),
    module("Store", ["CStore", "Files", grdb]),
    module("Figures", ["ElementaryFunctions", "Statistics"]),
    module("CairoRendering", ["ElementaryFunctions", "Figures", "CCairo", "CPango"]),
    module("Reports", ["Diagnostics", "Documents", "Figures", "Files", "CMarkdown"]),
    module("Site", ["Claims", "Diagnostics", "Documents", "Figures", "Files", "Reports"]),
    module("Preview", ["Diagnostics", "Documents", "Files", flyingSocks]),
    module("Pipeline", ["Outcomes", "Diagnostics", "Documents", "Files", "Store", "Tables"]),
    module(
      "Sections",
      [
        "ArchitectureSearch", "Diagnostics", "Documents", "Expressions", "Figures", "Forensics", "Outcomes", "Pipeline",
        "Reductions", "Reports", "Specs", "Statistics", "Tables",
      ]),
    module(
      "Measurements",
      [
        "Datasets", "Diagnostics", "Documents", "Files", "Outcomes", "Pipeline", "Proxies", "Reports", "Sizes", "Specs",
        "Statistics", "Store", "Tables",
      ]),
    module(
      "Cluster",
      ["Datasets", "Diagnostics", "Documents", "Files", "Measurements", "Outcomes", "Sizes", "Specs"]),
    module(
      "Auditing",
      [
        "Claims", "Diagnostics", "Documents", "Figures", "Files", "Outcomes", "Pipeline", "Reports", "Sections",
        "Specs", "Statistics",
      ]),
    module(
      "Runner",
      [
        "Auditing", "Datasets", "Diagnostics", "Documents", "Expressions", "Figures", "Files", "Measurements",
        "Outcomes", "Pipeline", "Reports", "Sections", "Specs", "Store", "Tables",
      ]),
    module(
      "CommandLineTool",
      [
        "ArchitectureSearch", "Auditing", "CairoRendering", "Cluster", "Datasets", "Diagnostics", "Documents",
        "Figures", "Files",
        "Measurements", "Metrics", "Networks", "Outcomes", "Pipeline", "Preview", "Proxies", "Reports", "Runner",
        "SearchSpaces",
        "Sections", "Site", "Sizes", "Specs", "Statistics", "Store", "Tables", argumentParser,
      ]),
    .executableTarget(
      name: "trainfree", dependencies: ["CommandLineTool"], exclude: ["README.md"], swiftSettings: strict),
    .executableTarget(
      name: "trainfree-bench",
      dependencies: [
        "CairoRendering", "Statistics", "Expressions", "Reductions", "Tables", "Datasets", "Diagnostics", "Figures",
        "Files", "CKernels", "Tensors", "Documents", "SearchSpaces", "Networks", "Metrics", "Claims", "Outcomes",
      ],
      exclude: ["README.md"], swiftSettings: strict),
    tests("Diagnostics"),
    tests("Files", ["TestSupport"]),
    tests("Outcomes"),
    tests("Sizes"),
    tests("Documents", ["Outcomes", "Diagnostics"]),
    tests("Tables", ["Diagnostics"]),
    tests("CKernels"),
    .target(
      name: "TestSupport",
      dependencies: [
        "Datasets", "Diagnostics", "Documents", "Figures", "Files", "Networks", "Outcomes", "SearchSpaces",
        "Statistics",
        "Tables",
      ],
      path: "Tests/TestSupport",
      swiftSettings: strict + [.unsafeFlags(["-O"])]),
    tests("ElementaryFunctions", resources: [.copy("Fixtures")]),
    tests("TestSupport", ["Files"]),
    tests("Tensors", ["Outcomes", "CKernels", "Documents", "Files", "TestSupport"], resources: [.copy("Fixtures")]),
    tests("Gradients", ["Documents", "Tensors", "TestSupport"]),
    tests("Networks", ["Outcomes", "Documents", "Gradients", "SearchSpaces", "Sizes", "Tensors", "TestSupport"]),
    tests(
      "Metrics",
      [
        "Diagnostics", "Documents", "Gradients", "Networks", "Outcomes", "Proxies", "SearchSpaces", "Sizes", "Tensors",
        "TestSupport",
      ]),
    tests("Statistics", ["ElementaryFunctions", "Outcomes"], resources: [.copy("Fixtures")]),
    tests(
      "SearchSpaces",
      ["Outcomes", "Diagnostics", "Documents", "Files", "Statistics", "Tables", "Datasets", "TestSupport"]),
    tests(
      "Specs",
      [
        "Claims", "Diagnostics", "Documents", "Expressions", "Forensics", "Outcomes", "Sections", "Sizes", "Statistics",
        "TestSupport",
      ]),
    tests(
      "Sections",
      [
        "ArchitectureSearch", "Diagnostics", "Documents", "Figures", "Forensics", "Outcomes", "Pipeline", "Reports",
        "Specs", "Statistics", "Tables", "TestSupport",
      ]),
    tests("Datasets", ["Tables", "Diagnostics", "Documents", "Files", "SearchSpaces", "Specs", "TestSupport"]),
    tests("Expressions", ["Statistics", "Tables", "TestSupport"]),
    tests("ArchitectureSearch", ["ElementaryFunctions", "Outcomes", "Statistics"]),
    tests("Proxies", ["Diagnostics", "Documents", "Expressions", "Outcomes", "Statistics", "TestSupport"]),
    tests("Reductions", ["Outcomes", "Expressions", "Statistics", "Tables", "TestSupport"]),
    tests("Forensics", ["Documents", "Outcomes", "Specs", "Tables", "Statistics", "SearchSpaces", "TestSupport"]),
    tests("Claims", ["Statistics"]),
    tests("Store", ["Files", grdb]),
    tests("Figures", ["CairoRendering", "TestSupport"], resources: [.copy("Goldens")]),
    tests("CairoRendering", ["Figures", "TestSupport"]),
    tests("Reports", ["Diagnostics", "Figures", "Documents", "Files", "TestSupport"]),
    tests("Site", ["Diagnostics", "Documents", "Files", "Reports", "TestSupport"]),
    tests("Preview", ["Diagnostics", "Documents", "Files"]),
    tests("Pipeline", ["Outcomes", "Documents", "Store"]),
    tests("Measurements", ["Documents", "Outcomes", "Pipeline", "Proxies", "Sizes", "Specs", "Store"]),
    tests(
      "Cluster",
      ["Diagnostics", "Documents", "Files", "Measurements", "Outcomes", "Proxies", "Sizes", "Specs", "TestSupport"]),
    tests("Auditing", ["Claims", "Documents", "Outcomes", "Reports", "Sections", "Specs"]),
    tests(
      "Runner",
      [
        "Auditing", "CairoRendering", "Claims", "Datasets", "Diagnostics", "Documents", "Figures", "Files", "Forensics",
        "Measurements", "Outcomes", "Pipeline", "Reports", "Sections", "Sizes", "Specs", "Statistics", "Store",
        "Tables",
        "TestSupport",
      ], resources: [.copy("Fixtures")]),
    tests("CommandLineTool", ["Files", "TestSupport"], resources: [.copy("Fixtures")]),
  ]
)
