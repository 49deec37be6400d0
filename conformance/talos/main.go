// The part of talosctl that makes and checks configurations, out of Talos' own library: the module proxy does not hand
// out all that the whole program is made of. Flags and defaults are those of talosctl.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"

	"github.com/siderolabs/talos/pkg/machinery/config/bundle"
	"github.com/siderolabs/talos/pkg/machinery/config/configloader"
	"github.com/siderolabs/talos/pkg/machinery/config/configpatcher"
	"github.com/siderolabs/talos/pkg/machinery/config/encoder"
	"github.com/siderolabs/talos/pkg/machinery/config/generate"
	"github.com/siderolabs/talos/pkg/machinery/config/generate/secrets"
	"github.com/siderolabs/talos/pkg/machinery/config/machine"
	"github.com/siderolabs/talos/pkg/machinery/config/validation"
	"github.com/siderolabs/talos/pkg/machinery/constants"
	"go.yaml.in/yaml/v4"
)

func main() {
	words := os.Args[1:]
	var err error
	switch {
	case starts(words, "gen", "secrets"):
		err = genSecrets(words[2:])
	case starts(words, "gen", "config") && len(words) > 4:
		err = genConfig(words[2], words[3], words[4:])
	case starts(words, "validate"):
		err = validate(words[1:])
	default:
		err = fmt.Errorf("usage: gen secrets | gen config NAME ENDPOINT | validate, with flags of talosctl")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func starts(words []string, with ...string) bool {
	return len(words) >= len(with) && strings.Join(words[:len(with)], " ") == strings.Join(with, " ")
}

func genSecrets(words []string) error {
	flags := flag.NewFlagSet("gen secrets", flag.ContinueOnError)
	output := flags.String("output-file", "secrets.yaml", "")
	if err := flags.Parse(words); err != nil {
		return err
	}
	made, err := secrets.NewBundle(secrets.NewClock(), nil)
	if err != nil {
		return err
	}
	data, err := yaml.Marshal(made)
	if err != nil {
		return err
	}
	return os.WriteFile(*output, data, 0o600)
}

type list []string

func (l *list) String() string { return strings.Join(*l, ",") }

func (l *list) Set(value string) error {
	*l = append(*l, value)
	return nil
}

func genConfig(name, endpoint string, words []string) error {
	flags := flag.NewFlagSet("gen config", flag.ContinueOnError)
	withSecrets := flags.String("with-secrets", "", "")
	kubernetes := flags.String("kubernetes-version", constants.DefaultKubernetesVersion, "")
	disk := flags.String("install-disk", "/dev/sda", "")
	image := flags.String("install-image", "", "")
	output := flags.String("output", "", "")
	kind := flags.String("output-types", "", "")
	docs := flags.Bool("with-docs", true, "")
	examples := flags.Bool("with-examples", true, "")
	flags.Bool("force", false, "")
	var names, patches list
	flags.Var(&names, "additional-sans", "")
	flags.Var(&patches, "config-patch", "")
	if err := flags.Parse(words); err != nil {
		return err
	}
	kept, err := secrets.LoadBundle(*withSecrets)
	if err != nil {
		return err
	}
	loaded, err := configpatcher.LoadPatches(patches)
	if err != nil {
		return err
	}
	made, err := bundle.NewBundle(
		bundle.WithInputOptions(&bundle.InputOptions{
			ClusterName: name,
			Endpoint:    endpoint,
			KubeVersion: strings.TrimPrefix(*kubernetes, "v"),
			GenOptions: []generate.Option{
				generate.WithSecretsBundle(kept),
				generate.WithInstallDisk(*disk),
				generate.WithInstallImage(*image),
				generate.WithAdditionalSubjectAltNames(names),
				generate.WithDNSDomain("cluster.local"),
				generate.WithClusterDiscovery(true),
			},
		}),
		bundle.WithPatch(loaded),
	)
	if err != nil {
		return err
	}
	comments := encoder.CommentsDisabled
	if *docs {
		comments |= encoder.CommentsDocs
	}
	if *examples {
		comments |= encoder.CommentsExamples
	}
	of, err := machine.ParseType(*kind)
	if err != nil {
		return err
	}
	data, err := made.Serialize(comments, of)
	if err != nil {
		return err
	}
	return os.WriteFile(*output, data, 0o600)
}

// As Talos has them: on metal it is installed to a disk, an image of a cloud is there already.
type mode string

func (m mode) String() string        { return string(m) }
func (m mode) RequiresInstall() bool { return m == "metal" }
func (m mode) InContainer() bool     { return m == "container" }

func validate(words []string) error {
	flags := flag.NewFlagSet("validate", flag.ContinueOnError)
	file := flags.String("config", "", "")
	runs := flags.String("mode", "", "")
	strict := flags.Bool("strict", false, "")
	if err := flags.Parse(words); err != nil {
		return err
	}
	config, err := configloader.NewFromFile(*file)
	if err != nil {
		return err
	}
	options := []validation.Option{validation.WithLocal()}
	if *strict {
		options = append(options, validation.WithStrict())
	}
	warnings, err := config.Validate(mode(*runs), options...)
	for _, warning := range warnings {
		fmt.Fprintln(os.Stderr, warning)
	}
	return err
}
