# The two functions every folder uses: offtenant_library and offtenant_tests.
# Sources are listed, never globbed; a library sees only what its DEPENDS name.

find_package(Boost 1.81 REQUIRED COMPONENTS url)
find_package(OpenSSL 3 REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(Threads REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(CLI11 REQUIRED)
list(APPEND CMAKE_MODULE_PATH /usr/lib/cmake/doctest)
find_package(fmt REQUIRED)

# Off in the release preset: another compiler's new warning must not keep a user from building.
option(OFFTENANT_WERROR "treat warnings as errors" ON)
option(OFFTENANT_PCH "share precompiled headers between targets" OFF)

option(OFFTENANT_UNITY "compile the sources of a target together: a third of the time" OFF)
if(OFFTENANT_UNITY)
  set(CMAKE_UNITY_BUILD ON)
  set(CMAKE_UNITY_BUILD_BATCH_SIZE 8)
endif()

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
  if(OFFTENANT_PCH) # see "Precompiled headers" in the manual of ccache
    set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
  endif()
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

if(OFFTENANT_SANITIZE)
  add_compile_options(-fsanitize=${OFFTENANT_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${OFFTENANT_SANITIZE})
endif()

add_compile_definitions(
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED
  BOOST_ASIO_DISABLE_VISIBILITY)

add_library(offtenant_options INTERFACE)
target_include_directories(offtenant_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(offtenant_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wnon-virtual-dtor
  # Merged sources shadow each other's names; builds that are not merged keep the warning.
  $<IF:$<BOOL:${OFFTENANT_UNITY}>,-Wno-subobject-linkage,-Wshadow>
  $<$<BOOL:${OFFTENANT_WERROR}>:-Werror>)

# Test code is compiled without optimisation in release builds too: it runs once and briefly, and
# its compile time is most of the suite's.
add_library(offtenant_test_options INTERFACE)
target_link_libraries(offtenant_test_options INTERFACE offtenant_options)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_options(offtenant_test_options INTERFACE -O0)
endif()

# One precompiled header for all libraries and one for all tests, of headers that are not ours.
# No source may rely on it: the presets clang and headers build without.
function(offtenant_precompile name options)
  if(OFFTENANT_PCH)
    file(CONFIGURE OUTPUT ${name}.cpp CONTENT "")
    add_library(${name} OBJECT ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp)
    target_link_libraries(${name} PRIVATE ${options} Boost::headers nlohmann_json::nlohmann_json)
    target_precompile_headers(${name} PRIVATE ${PROJECT_SOURCE_DIR}/cmake/${name}.hpp)
    target_compile_options(${name} PUBLIC $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
  endif()
endfunction()
offtenant_precompile(offtenant_pch offtenant_options)
if(OFFTENANT_TESTS)
  offtenant_precompile(offtenant_test_pch offtenant_test_options)
endif()

# offtenant_library(<name> SOURCES <cpp>... [HEADERS <hpp>...] [DEPENDS <target>...])
# One static library. A header must compile alone: all_verify_interface_header_sets checks it.
function(offtenant_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;HEADERS;DEPENDS" ${ARGN})
  add_library(${name} STATIC ${arg_SOURCES})
  if(arg_HEADERS)
    target_sources(${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${arg_HEADERS})
  endif()
  target_link_libraries(${name} PUBLIC offtenant_options ${arg_DEPENDS})
  if(OFFTENANT_PCH)
    target_precompile_headers(${name} REUSE_FROM offtenant_pch)
    if(NOT name STREQUAL "asio_impl") # Asio's headers leave every object in need of it
      target_link_libraries(${name} PUBLIC asio_impl)
    endif()
  endif()
endfunction()

# offtenant_tests(<name> SOURCES <cpp>... DEPENDS <target>... [TIMEOUT <seconds>])
# One doctest program; every test case becomes a CTest test labelled with its suite.
function(offtenant_tests name)
  cmake_parse_arguments(arg "" "TIMEOUT" "SOURCES;DEPENDS" ${ARGN})
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE offtenant_test_options doctest_main ${arg_DEPENDS})
  if(OFFTENANT_PCH)
    target_precompile_headers(${name} REUSE_FROM offtenant_test_pch)
    target_link_libraries(${name} PRIVATE asio_impl)
  endif()
  doctest_discover_tests(${name} TEST_PREFIX "${name}: " ADD_LABELS 1 PROPERTIES TIMEOUT ${arg_TIMEOUT})
endfunction()

# offtenant_fuzz(<name> SOURCES <cpp>... DEPENDS <target>...)
# A libFuzzer program in bin/ for the preset fuzz; otherwise a test that mutates the files in
# seeds/<name> for a few seconds.
function(offtenant_fuzz name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE offtenant_options ${arg_DEPENDS})
  if(OFFTENANT_FUZZ)
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
  else()
    target_link_libraries(${name} PRIVATE mutating_driver)
    add_test(NAME ${name} COMMAND ${name} 6 ${CMAKE_CURRENT_SOURCE_DIR}/seeds/${name})
    set_tests_properties(${name} PROPERTIES LABELS fuzz TIMEOUT 120)
  endif()
endfunction()
