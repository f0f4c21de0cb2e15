// A framework in plain Go: launches N commands, survives a dropped stream, tears down.
//
//	go run . [-master MASTERS] [-tls] [-instances N] [-command COMMAND]
//
// MASTERS is [https://]HOST:PORT, a comma list of these, zk://HOST:PORT,.../PATH or file://PATH of a file that
// says one of these. With -tls the master that zk:// finds is asked by https.
//
// Exit code: 0 if all tasks finished, 1 if one did not or the master said no.
package main

import (
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/user"
	"time"
)

const giveUpAfter = 60 * time.Second

var ended = map[string]bool{
	"TASK_FINISHED": true, "TASK_FAILED": true, "TASK_KILLED": true, "TASK_ERROR": true,
	"TASK_LOST": true, "TASK_DROPPED": true, "TASK_GONE": true, "TASK_GONE_BY_OPERATOR": true,
	"TASK_UNKNOWN": true,
}

type framework struct {
	client      *client
	command     string
	waiting     []string          // not launched yet
	states      map[string]string // launched, by task id
	unconfirmed map[string]bool   // asked about after a lost stream, not answered yet
}

func main() {
	log.SetFlags(0)
	where := flag.String("master", "127.0.0.1:5050", "`MASTERS` to ask: HOST:PORT, https://HOST:PORT, a comma list of these, zk://HOST:PORT,.../PATH or file://PATH")
	tls := flag.Bool("tls", false, "whether masters that are found in ZooKeeper speak TLS")
	instances := flag.Int("instances", 3, "how many tasks to run")
	command := flag.String("command", "echo hello; sleep 1", "what each of them runs")
	flag.Parse()

	f := &framework{
		client:      newClient(&masters{where: *where, tls: *tls}),
		command:     *command,
		states:      map[string]string{},
		unconfirmed: map[string]bool{},
	}
	for i := 1; i <= *instances; i++ {
		f.waiting = append(f.waiting, fmt.Sprintf("go-%d", i))
	}
	if err := f.run(); err != nil {
		log.Fatal(err)
	}
	for _, state := range f.states {
		if state != "TASK_FINISHED" {
			os.Exit(1)
		}
	}
}

// run subscribes until all tasks have ended and the framework is torn down. A stream that ends is no end: the framework comes back
// with its id and asks what became of its tasks.
func (f *framework) run() error {
	lastHeard := time.Now()
	for {
		err := f.listen(&lastHeard)
		var refused *refusal
		if err == nil || errors.As(err, &refused) {
			return err
		}
		if time.Since(lastHeard) > giveUpAfter {
			return fmt.Errorf("giving up: %w", err)
		}
		fmt.Printf("stream lost (%v); subscribing again\n", err)
		for task, state := range f.states {
			if !ended[state] {
				f.unconfirmed[task] = true
			}
		}
		time.Sleep(500 * time.Millisecond)
	}
}

// listen handles one stream until nothing is left to do, and tears down while it is open.
func (f *framework) listen(lastHeard *time.Time) error {
	stream, err := f.client.subscribe(f.info())
	if err != nil {
		return err
	}
	defer stream.close()
	for !f.done() {
		var e event
		if err := stream.next(&e); err != nil {
			return err
		}
		*lastHeard = time.Now()
		if err := f.handle(e); err != nil {
			return err
		}
	}
	return f.client.call(call{Type: "TEARDOWN"})
}

func (f *framework) done() bool {
	if len(f.waiting) > 0 {
		return false
	}
	for _, state := range f.states {
		if !ended[state] {
			return false
		}
	}
	return true
}

func (f *framework) handle(e event) error {
	switch e.Type {
	case "SUBSCRIBED":
		f.client.frameworkID = e.Subscribed.FrameworkID
		fmt.Println("subscribed as", e.Subscribed.FrameworkID.Value)
		return f.reconcile()
	case "HEARTBEAT":
		return f.reconcile()
	case "OFFERS":
		for _, offer := range e.Offers.Offers {
			if err := f.use(offer); err != nil {
				return err
			}
		}
	case "UPDATE":
		return f.update(e.Update.Status)
	case "ERROR":
		return &refusal{fmt.Sprintf("the master says: %s", e.Error.Message)}
	}
	return nil
}

// reconcile asks for the tasks that nobody has spoken of since the stream was lost.
func (f *framework) reconcile() error {
	if len(f.unconfirmed) == 0 {
		return nil
	}
	var tasks []taskQuery
	for task := range f.unconfirmed {
		tasks = append(tasks, taskQuery{TaskID: id{task}})
	}
	return f.client.call(call{Type: "RECONCILE", Reconcile: &reconcile{Tasks: tasks}})
}

// use launches as many waiting tasks as the offer holds; with none the offer is declined.
func (f *framework) use(o offer) error {
	cpus, mem := o.amount("cpus"), o.amount("mem")
	var tasks []taskInfo
	for len(f.waiting) > 0 && cpus >= 0.1 && mem >= 32 {
		name := f.waiting[0]
		f.waiting = f.waiting[1:]
		f.states[name] = "TASK_STAGING"
		cpus, mem = cpus-0.1, mem-32
		tasks = append(tasks, taskInfo{
			Name:      name,
			TaskID:    id{name},
			AgentID:   o.AgentID,
			Command:   command{Value: f.command},
			Resources: []resource{scalar("cpus", 0.1), scalar("mem", 32)},
		})
	}
	accept := &accept{OfferIDs: []id{o.ID}, Filters: filters{RefuseSeconds: 1}}
	if len(tasks) > 0 {
		accept.Operations = []operation{{Type: "LAUNCH", Launch: launch{TaskInfos: tasks}}}
	}
	return f.client.call(call{Type: "ACCEPT", Accept: accept})
}

func (f *framework) update(status taskStatus) error {
	task := status.TaskID.Value
	delete(f.unconfirmed, task)
	if !ended[f.states[task]] {
		f.states[task] = status.State
		fmt.Println(task, status.State, status.Message)
	}
	if status.UUID == "" { // made by the master itself: nobody waits for an acknowledgement
		return nil
	}
	return f.client.call(call{Type: "ACKNOWLEDGE", Acknowledge: &acknowledge{
		AgentID: status.AgentID, TaskID: status.TaskID, UUID: status.UUID}})
}

func (f *framework) info() frameworkInfo {
	name := "nobody"
	if me, err := user.Current(); err == nil {
		name = me.Username
	}
	return frameworkInfo{
		User:            name,
		Name:            "example-go",
		Roles:           []string{"*"},
		FailoverTimeout: giveUpAfter.Seconds(),
		Capabilities:    []capability{{"MULTI_ROLE"}, {"PARTITION_AWARE"}},
	}
}
