package main

// The messages of the v1 scheduler API, as far as this framework needs them. Fields it does not
// know are ignored when read.

type id struct {
	Value string `json:"value"`
}

type call struct {
	Type        string       `json:"type"`
	FrameworkID *id          `json:"framework_id,omitempty"`
	Subscribe   *subscribe   `json:"subscribe,omitempty"`
	Accept      *accept      `json:"accept,omitempty"`
	Acknowledge *acknowledge `json:"acknowledge,omitempty"`
	Reconcile   *reconcile   `json:"reconcile,omitempty"`
}

type subscribe struct {
	FrameworkInfo frameworkInfo `json:"framework_info"`
}

type frameworkInfo struct {
	ID              *id          `json:"id,omitempty"`
	User            string       `json:"user"`
	Name            string       `json:"name"`
	Roles           []string     `json:"roles"`
	FailoverTimeout float64      `json:"failover_timeout"`
	Capabilities    []capability `json:"capabilities"`
}

type capability struct {
	Type string `json:"type"`
}

type accept struct {
	OfferIDs   []id        `json:"offer_ids"`
	Operations []operation `json:"operations,omitempty"`
	Filters    filters     `json:"filters"`
}

type filters struct {
	RefuseSeconds float64 `json:"refuse_seconds"`
}

type operation struct {
	Type   string `json:"type"`
	Launch launch `json:"launch"`
}

type launch struct {
	TaskInfos []taskInfo `json:"task_infos"`
}

type taskInfo struct {
	Name      string     `json:"name"`
	TaskID    id         `json:"task_id"`
	AgentID   id         `json:"agent_id"`
	Command   command    `json:"command"`
	Resources []resource `json:"resources"`
}

type command struct {
	Value string `json:"value"`
}

type resource struct {
	Name           string          `json:"name"`
	Type           string          `json:"type"`
	Scalar         *amount         `json:"scalar,omitempty"`
	AllocationInfo *allocationInfo `json:"allocation_info,omitempty"`
}

type amount struct {
	Value float64 `json:"value"`
}

type allocationInfo struct {
	Role string `json:"role"`
}

func scalar(name string, value float64) resource {
	return resource{
		Name: name, Type: "SCALAR", Scalar: &amount{value}, AllocationInfo: &allocationInfo{"*"}}
}

type acknowledge struct {
	AgentID id     `json:"agent_id"`
	TaskID  id     `json:"task_id"`
	UUID    string `json:"uuid"`
}

type reconcile struct {
	Tasks []taskQuery `json:"tasks"`
}

type taskQuery struct {
	TaskID id `json:"task_id"`
}

type event struct {
	Type       string `json:"type"`
	Subscribed struct {
		FrameworkID *id `json:"framework_id"`
	} `json:"subscribed"`
	Offers struct {
		Offers []offer `json:"offers"`
	} `json:"offers"`
	Update struct {
		Status taskStatus `json:"status"`
	} `json:"update"`
	Error struct {
		Message string `json:"message"`
	} `json:"error"`
}

type offer struct {
	ID        id         `json:"id"`
	AgentID   id         `json:"agent_id"`
	Resources []resource `json:"resources"`
}

// amount of a scalar resource in the offer, whatever its reservations.
func (o offer) amount(name string) float64 {
	var sum float64
	for _, r := range o.Resources {
		if r.Name == name && r.Scalar != nil {
			sum += r.Scalar.Value
		}
	}
	return sum
}

type taskStatus struct {
	TaskID  id     `json:"task_id"`
	AgentID id     `json:"agent_id"`
	State   string `json:"state"`
	Message string `json:"message"`
	UUID    string `json:"uuid"`
}
