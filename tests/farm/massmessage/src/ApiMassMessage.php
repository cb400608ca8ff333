<?php

namespace FarmMassMessage;

use ApiBase;
use Wikimedia\ParamValidator\ParamValidator;

/**
 * action=massmessage.
 *
 * Like the original, it asks for the right alone: an account that is blocked still sends (MassMessage REL1_43,
 * includes/Api/ApiMassMessage.php).
 */
class ApiMassMessage extends ApiBase {

	/** @inheritDoc */
	public function execute() {
		$this->checkUserRightsAny( 'massmessage' );
		$params = $this->extractRequestParams();
		$this->requireAtLeastOneParameter( $params, 'message', 'page-message' );
		$status = Message::read( $params, $this->getUser() );
		if ( !$status->isOK() ) {
			$this->dieStatus( $status );
		}
		$count = Sending::send( $status->getValue(), $this->getUser() );
		$answer = [ 'result' => 'success', 'count' => $count ];
		$this->getResult()->addValue( null, $this->getModuleName(), $answer );
	}

	/** @inheritDoc */
	public function getAllowedParams() {
		$text = [ ParamValidator::PARAM_TYPE => 'string' ];
		$required = $text + [ ParamValidator::PARAM_REQUIRED => true ];
		return [ 'spamlist' => $required, 'subject' => $required, 'message' => $text, 'page-message' => $text ];
	}

	/** @inheritDoc */
	public function needsToken() {
		return 'csrf';
	}

	/** @inheritDoc */
	public function mustBePosted() {
		return true;
	}

	/** @inheritDoc */
	public function isWriteMode() {
		return true;
	}
}
